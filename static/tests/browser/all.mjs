import { readdirSync } from "node:fs";
import { run } from "node:test";
import { tap } from "node:test/reporters";

// All browser tests, two files at a time. Those that measure time, or watch one device through bad weather, run alone: a
// neighbour would be the weather.

const ALONE = /^(feel|floor|sound|scanner|camera|condition|hand|handheld|offline|outofreach|mishaps|notices|override)\./;
const here = new URL(".", import.meta.url).pathname;
const files = readdirSync(here).filter((f) => f.endsWith(".test.mjs"));

for (const [concurrency, some] of [
  [2, files.filter((f) => !ALONE.test(f))],
  [1, files.filter((f) => ALONE.test(f))],
]) {
  const tests = run({ files: some.map((f) => here + f), concurrency });
  tests.on("test:fail", () => (process.exitCode = 1));
  const lines = tests.compose(tap);
  lines.pipe(process.stdout);
  await new Promise((done) => lines.on("end", done));
}
