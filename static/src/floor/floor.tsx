import type { ComponentType } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Who } from "../doors/start";
import { Icon } from "../look/icons";
import { Editor } from "../floorplan/editor";
import { PlanPage } from "../floorplan/page";
import { path } from "../route";
import { turnTheme } from "../theme";
import { Bins } from "./bins";
import { Carriers } from "./carriers";
import { Counts } from "./counts";
import { Cutoffs } from "./cutoffs";
import { Devices } from "./devices";
import { Events } from "./events";
import { Import } from "./import";
import { Items } from "./items";
import { link, startLive, stopLive, usePath } from "./live";
import { Manifests } from "./manifests";
import { useNames } from "./names";
import { Now } from "./now";
import { OrderPage } from "./order";
import { Orders } from "./orders";
import { PickListPage } from "./picklist";
import { Prints } from "./prints";
import { PurchasePage, Purchases } from "./purchases";
import { ReturnPage, Returns } from "./returns";
import { Reorder, ReorderItem } from "./reorder";
import { Stock } from "./stock";
import { WallPage } from "./wall";
import { Waves } from "./waves";
import "../look/floor.css";
import "../look/import.css";
import "../look/pairing.css";
import "../look/tables.css";

// The supervisor's side: one frame with the way around, one page per word of the floor.

type IdPage = ComponentType<{ id: string }>;

const pages: [RegExp, IdPage][] = [
  [/^\/floor\/?$/, Now],
  [/^\/floor\/plan$/, PlanPage],
  [/^\/floor\/layout$/, Editor],
  [/^\/floor\/orders$/, Orders],
  [/^\/floor\/orders\/([^/]+)$/, OrderPage],
  [/^\/floor\/waves$/, Waves],
  [/^\/floor\/walls\/([^/]+)$/, WallPage],
  [/^\/floor\/picklists\/([^/]+)$/, PickListPage],
  [/^\/floor\/cutoffs$/, Cutoffs],
  [/^\/floor\/carriers$/, Carriers],
  [/^\/floor\/items$/, Items],
  [/^\/floor\/bins$/, Bins],
  [/^\/floor\/stock$/, Stock],
  [/^\/floor\/counts$/, Counts],
  [/^\/floor\/purchases$/, Purchases],
  [/^\/floor\/purchases\/([^/]+)$/, PurchasePage],
  [/^\/floor\/returns$/, Returns],
  [/^\/floor\/returns\/([^/]+)$/, ReturnPage],
  [/^\/floor\/reorder$/, Reorder],
  [/^\/floor\/reorder\/([^/]+)$/, ReorderItem],
  [/^\/floor\/import$/, Import],
  [/^\/floor\/manifests$/, Manifests],
  [/^\/floor\/devices$/, Devices],
  [/^\/floor\/prints$/, Prints],
  [/^\/floor\/events$/, Events],
];

type Way = [to: string, word: string];

// The desk's pages in groups: the first row names the groups, the second the pages of the one that is open.
const groups: [word: string, ways: Way[]][] = [
  ["Floor", [["/floor", "Now"], ["/floor/cutoffs", "Cut-offs"], ["/floor/plan", "Plan"]]],
  ["Orders", [["/floor/orders", "Orders"], ["/floor/waves", "Waves"]]],
  ["Goods", [["/floor/items", "Items"], ["/floor/bins", "Bins"], ["/floor/stock", "Stock"], ["/floor/counts", "Counts"], ["/floor/purchases", "Goods in"], ["/floor/returns", "Goods back"], ["/floor/reorder", "Reorder"]]],
  ["Shipping", [["/floor/manifests", "Manifests"], ["/floor/carriers", "Carriers"]]],
  ["House", [["/floor/devices", "Devices"], ["/floor/prints", "Prints"], ["/floor/import", "Import"], ["/floor/events", "Events"]]],
];

// wayOf is the entry of the navigation that a page belongs to.
function wayOf(at: string): string | undefined {
  if (at.startsWith("/floor/picklists/") || at.startsWith("/floor/walls/")) return "/floor/waves";
  if (at === "/floor/layout") return "/floor/plan";
  return groups.flatMap(([, ways]) => ways).findLast(([to]) => at === to || (to !== "/floor" && at.startsWith(`${to}/`)))?.[0];
}

const linkWords: Record<string, string> = { up: "live", connecting: "connecting", down: "offline", signin: "signed out" };

export function Floor() {
  useNames();
  useEffect(() => {
    startLive();
    return stopLive;
  }, []);
  const at = path.value;
  const found = pages.map(([p, Page]) => ({ m: p.exec(at), Page })).find((x) => x.m);
  return (
    <div class="floor">
      <Head at={at} />
      <main class="floor-main">
        {found ? <found.Page key={at} id={decodeURIComponent(found.m?.[1] ?? "")} /> : <h1>No such page on the floor</h1>}
      </main>
    </div>
  );
}

function Head({ at }: { at: string }) {
  const who = usePath<Who>("/me").data;
  const here = wayOf(at);
  const open = groups.find(([, ways]) => ways.some(([to]) => to === here));
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    for (const entry of head.current?.querySelectorAll(".ways [aria-current]") ?? []) entry.scrollIntoView({ block: "nearest", inline: "center" });
  }, [here]);
  return (
    <header class="floor-head" ref={head}>
      <a class="brand" href="/">
        <Icon name="box" /> {who?.site?.name ?? "Floorline"}
      </a>
      <nav class="ways" aria-label="Desk">
        {groups.map((g) => (
          <a key={g[0]} href={g[1][0]![0]} aria-current={g === open ? "true" : undefined}>
            {g[0]}
          </a>
        ))}
      </nav>
      <span class={`link ${link.value === "up" ? "live" : link.value}`} data-testid="link" data-state={link.value} role="status">
        <span class="dot" /> {linkWords[link.value] ?? link.value}
      </span>
      <span class="who" data-testid="worker">
        {who?.worker?.name ?? ""}
      </span>
      <button type="button" class="bare" aria-label="Light or dark" data-testid="turn-theme" onClick={turnTheme}>
        <Icon name="moon" />
      </button>
      {open && (
        <nav class="ways within" aria-label={open[0]}>
          {open[1].map(([to, word]) => (
            <a key={to} href={to} aria-current={to === here ? "page" : undefined}>
              {word}
            </a>
          ))}
        </nav>
      )}
    </header>
  );
}
