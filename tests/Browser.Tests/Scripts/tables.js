() => [...document.querySelectorAll("table")].map(table => ({
  caption: table.caption?.textContent.trim() ?? "",
  rows: [...table.rows].map(row => [...row.cells].map(cell => cell.textContent.trim())),
}))
