// node in_pyodide.mjs RELEASE PROGRAM ARGUMENT...
// Runs a Python program in Pyodide itself, for which Node stands in for the browser. Each folder of
// the computer that is named as an argument is seen by the program under the same path. Packages of
// the release are loaded where the variable PYODIDE_PACKAGES names them.
import { readFileSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [release, program, ...words] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${release}/pyodide.mjs`).href);
const packages = (process.env.PYODIDE_PACKAGES ?? "").split(" ").filter((name) => name);
const pyodide = await loadPyodide({ indexURL: `${release}/`, packages });
for (const word of words) {
  if (word.startsWith("/") && statSync(word, { throwIfNoEntry: false })?.isDirectory()) {
    pyodide.FS.mkdirTree(word);
    pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: word }, word);
  }
}
pyodide.globals.set("words", pyodide.toPy([program, ...words]));
pyodide.runPython("import sys; sys.argv = list(words); sys.dont_write_bytecode = True");
try {
  await pyodide.runPythonAsync(readFileSync(program, "utf8"));
} catch (error) {
  console.error(error.message); // without the page of WebAssembly behind it
  process.exit(1);
}
process.exit(0);
