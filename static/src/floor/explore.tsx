import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../api";
import { Faults } from "../doors/form";
import { isBadge } from "../job/secret";
import { go } from "../route";
import { useFind } from "./find";
import { useLive } from "./live";
import { Panel } from "./now";
import { To, pageOf, type Found } from "./things";

// One field for a scan or a few letters. Enter, which a scanner sends by itself, opens what was meant where that is one
// thing; what it might be else stands below the field.

export interface LookedUp {
  code: string;
  found: Found[];
  like: Found[];
  say?: string;
}

// A look-up goes through all orders for a shop's number, so a busy floor does not ask with every scan.
const REST_MS = 1_000;

export const useLookUp = (code: string) => useLive(() => get<LookedUp>(lookUp(code)), [code], REST_MS);

const lookUp = (code: string): string => `/lookup?code=${encodeURIComponent(code)}`;

// meant is the one thing that a code means. A code of an item that says a lot or a serial means that one of the item.
function meant(found: Found[]): Found | undefined {
  const [first, ...rest] = found;
  const narrower = first && ["lot", "serial"].includes(first.kind) && rest.every((f) => f.kind === "item" && f.sku === first.sku);
  return rest.length === 0 || narrower ? first : undefined;
}

export function useExplorer() {
  const [told, setTold] = useState<Error | string>("");
  const last = useRef(0); // an answer counts while its scan is the last one, and the page is still here
  useEffect(() => () => void (last.current = -1), []);
  const enter = async (text: string) => {
    const mine = ++last.current;
    setTold("");
    if (isBadge(text)) return setTold("This is somebody's badge: badges are for signing in, and are not looked up.");
    try {
      const { found } = await get<LookedUp>(lookUp(text));
      if (mine !== last.current) return false;
      const page = meant(found) && pageOf(meant(found)!);
      go(page ?? `/floor/stock?q=${encodeURIComponent(text)}`);
      return page !== undefined;
    } catch (e) {
      if (mine === last.current) setTold(e as Error);
    }
    return false;
  };
  const [q, field] = useFind({ hint: "scan or type", onEnter: enter });
  return { q, field, told };
}

const ODD: Record<string, string> = {
  label_replaced: "another label replaced this one",
  pallet_to_come: "it announced this pallet, which is still to come",
  pallet_came: "this pallet came with it",
};

// Answer says what a code is, and what it is like where it is nothing.
export function Answer({ q, told }: { q: string; told: Error | string }) {
  if (told) return typeof told === "string" ? <p role="alert">{told}</p> : <Faults fault={told} />;
  return <Asked q={q} />;
}

function Asked({ q }: { q: string }) {
  const { data: v, fault } = useLookUp(q);
  if (!v) return fault && <Faults fault={fault} />;
  const list = [...v.found, ...v.like];
  return (
    <Panel title={v.found.length > 0 ? "What it is" : v.like.length > 0 ? "What is called like it" : "What is it?"} wide>
      <ul class="rows" data-testid="found">
        {list.map((f) => (
          <li key={`${f.kind}|${f.id}|${f.sku ?? ""}`} data-testid={`found-${f.kind}`}>
            <span>
              {f.kind} <To kind={f.kind} id={f.id} sku={f.sku} />
            </span>
            <span class="grow">
              {f.name} {(f.kind === "lot" || f.kind === "serial") && f.sku && <span class="quiet">{f.sku}</span>}
              {f.odd && <span class="quiet"> {ODD[f.odd] ?? f.odd}</span>}
            </span>
            {f.order && f.kind !== "order" && (
              <span>
                of <To kind="order" id={f.order} />
              </span>
            )}
            {f.status && <span class="quiet">{f.status.replaceAll("_", " ")}</span>}
          </li>
        ))}
      </ul>
      {list.length === 0 && v.say && <p data-testid="nothing">{v.say[0]!.toUpperCase() + v.say.slice(1)}.</p>}
    </Panel>
  );
}
