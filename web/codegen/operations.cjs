// The types of the module that the server makes of page/operations/: one text for each operation.
module.exports = {
  plugin(_schema, documents) {
    const kinds = { query: "Query", mutation: "Mutation", subscription: "Subscription" };
    const operations = documents
      .flatMap(({ document }) => document?.definitions ?? [])
      .filter(({ kind }) => kind === "OperationDefinition")
      .map(({ name, operation }) => [name.value, `${name.value}${kinds[operation]}`]);
    return [
      "/** The text of an operation, with the types of its answer and its variables. */",
      "export type Operation<Result, Variables> = string & { readonly result?: Result; readonly variables?: Variables };",
      ...operations.map(([name, type]) => `export declare const ${name}: Operation<${type}, ${type}Variables>;`),
    ].join("\n");
  },
};
