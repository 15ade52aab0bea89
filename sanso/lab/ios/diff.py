"""What differs between two configurations, line by line within their blocks."""

Tree = dict[str, "Tree"]


def parse(text: str) -> Tree:
    """Read indented text as a tree."""
    root: Tree = {}
    stack: list[tuple[int, Tree]] = [(-1, root)]
    for line in text.splitlines():
        body = line.strip()
        if not body or body.startswith("!") or body in ("end", "Building configuration..."):
            continue
        if body.startswith(("version ", "Current configuration")):
            continue
        depth = len(line) - len(line.lstrip())
        while stack[-1][0] >= depth:
            stack.pop()
        stack.append((depth, stack[-1][1].setdefault(body, {})))
    return root


def contextual(old: str, new: str) -> list[str]:
    """Give the lines only one has, marked ``-`` (old) and ``+`` (new), under the unmarked heads of their blocks."""
    return [*_only(parse(new), parse(old), "+", ""), *_only(parse(old), parse(new), "-", "")]


def _only(have: Tree, other: Tree, mark: str, indent: str) -> list[str]:
    found = []
    for line, below in have.items():
        if line not in other:
            found += [f"{mark}{indent}{line}", *_only(below, {}, mark, indent + " ")]
        elif inner := _only(below, other[line], mark, indent + " "):
            found += [f"{indent}{line}", *inner]
    return found
