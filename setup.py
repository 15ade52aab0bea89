"""What pyproject.toml cannot say: packages that are found, beside one that stands in another folder."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["sanso*"]), "sanso_plugins", "sanso_plugins.common"],
    package_dir={"sanso_plugins": "plugins"},
)
