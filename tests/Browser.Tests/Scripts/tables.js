() => [...document.querySelectorAll("table")].map(table => ({
  caption: (table.caption ?? table.previousElementSibling)?.textContent.trim() ?? "",
  rows: [...table.rows].map(row => [...row.cells].map(cell => cell.textContent.trim())),
}))
