import { render, type ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import "./look/tokens.css";
import "./look/base.css";
import "./theme";
import { warnOfListeners } from "./insecure";
import { follow, path } from "./route";
import { watchForUpdate } from "./update";
import { say } from "./words";

// Each part of the floor is loaded when its path is first opened: a handheld never loads the supervisor's
// tables.
const pages: [RegExp, () => Promise<ComponentType>][] = [
  [/^\/$/, async () => (await import("./doors/start")).Start],
  [/^\/pair$/, async () => (await import("./doors/pair")).Pair],
  [/^\/claim$/, async () => (await import("./doors/claim")).Claim],
  [/^\/signin$/, async () => (await import("./doors/signin")).SignIn],
  [/^\/handheld$/, async () => (await import("./handheld/handheld")).Handheld],
  [/^\/bench$/, async () => (await import("./bench/bench")).Bench],
  [/^\/dock$/, async () => (await import("./dock/dock")).Dock],
  [/^\/returns$/, async () => (await import("./returns/returns")).Returns],
  [/^\/floor(\/.*)?$/, async () => (await import("./floor/floor")).Floor],
];

function App() {
  const at = path.value;
  const entry = pages.find(([p]) => p.test(at));
  const [page, setPage] = useState<{ load: unknown; Page: ComponentType } | null>(null);
  useEffect(() => {
    if (!entry || page?.load === entry[1]) return;
    let here = true;
    void entry[1]().then((Page) => here && setPage({ load: entry[1], Page }));
    return () => {
      here = false;
    };
  }, [entry]);
  if (!entry) return <Lost />;
  return page && page.load === entry[1] ? <page.Page /> : <p class="loading" role="status">{say("loading")}</p>;
}

function Lost() {
  return (
    <main class="door">
      <h1>{say("door.nowhere")}</h1>
      <p>
        <a href="/">{say("door.start")}</a>
      </p>
    </main>
  );
}

warnOfListeners();
follow();
watchForUpdate();
render(<App />, document.getElementById("app")!);
