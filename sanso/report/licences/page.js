document.getElementById("filter").addEventListener("input", function (event) {
  const words = event.target.value.toLowerCase();
  document.querySelectorAll("section").forEach(function (section) {
    const every = Array.from(section.querySelectorAll("tbody tr"));
    every.forEach(function (row) { row.hidden = !row.textContent.toLowerCase().includes(words); });
    section.querySelector("details").open = words !== "" && every.some(function (row) { return !row.hidden && row.closest(".every"); });
    section.hidden = words !== "" && every.every(function (row) { return row.hidden; });
  });
});
