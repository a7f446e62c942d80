import { tablePackage, type Table } from "../../../gen/hdl/expression.ts";

/** A table in a package of its own. */
export function tableOf(name: string, addressWidth: number, width: number, entries: readonly bigint[]): Table {
  const [table] = tablePackage(`${name}_pkg`, "a table under test", [
    { name, comment: "", addressWidth, width, entries },
  ]).tables;
  if (table === undefined) throw new Error("a package has the tables it is given");
  return table;
}
