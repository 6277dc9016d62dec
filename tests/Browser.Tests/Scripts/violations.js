async options => {
  const { violations } = await axe.run(document, { ...options, resultTypes: ["violations"] });
  return violations.flatMap(violation => violation.nodes.map(node =>
    `${violation.id}: ${violation.help}: ${node.target}: ${[...node.any, ...node.all, ...node.none].map(check => check.message).join(" ")}`));
}
