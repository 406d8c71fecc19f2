import { Question } from "../job/ask";
import { Facts, Heading, Item, Jobs, Quantity, Slot } from "../job/prompt";
import type { Session } from "../job/session";
import { Work } from "../job/work";
import { grams, say } from "../words";
import { Fill } from "./fill";
import { Heed, Hints } from "./heed";
import { Help } from "./help";
import { Label } from "./label";
import { Lines } from "./lines";
import { OpenParcels } from "./open";
import { useScale, Weigh } from "./weigh";
import "../look/bench.css";

// The bench: read from two metres, worked by scans alone. What belongs in the parcel is on the left, the one
// thing to do now is on the right.

function Prompt({ s }: { s: Session }) {
  useScale(s);
  const n = s.next.value;
  const lines = n.show.lines ?? [];
  return (
    <div class={`bench-grid ${lines.length > 0 ? "with-lines" : ""}`}>
      {lines.length > 0 && (
        <div class="packed">
          <OpenParcels s={s} />
          <Lines lines={lines} now={n.show.item?.sku} />
          <Fill show={n.show} />
        </div>
      )}
      <div class="do">
        <Heading n={n} />
        {n.job && <Help s={s} />}
        {n.ask ? <Question s={s} ask={n.ask} /> : <Detail s={s} />}
        {(n.ask || n.show.qty === undefined) && <Heed n={n} />}
      </div>
    </div>
  );
}

function Detail({ s }: { s: Session }) {
  const n = s.next.value;
  return (
    <>
      <div class="now-and-heed">
        <div class="now-large">
          <div class="numbers">
            <Quantity show={n.show} />
            <Slot show={n.show} />
          </div>
          <Hints show={n.show} />
        </div>
        {n.show.qty !== undefined && <Heed n={n} />}
      </div>
      <Item show={n.show} title={n.title} />
      {n.step === "carton" && <Cartons s={s} />}
      {n.step === "weigh" && <Typed grams={n.show.typed_g} />}
      {n.step === "weigh" && <Weigh s={s} />}
      {n.show.label_url && <Label address={n.show.label_url} print={n.show.print} printer={s.device.value?.printer} token={s.token} />}
      <Parcel s={s} />
      <Facts n={n} />
      <Jobs s={s} />
    </>
  );
}

// Typed is the weight as far as its digits were scanned off cards.
function Typed({ grams: g }: { grams: number | undefined }) {
  if (!g) return null;
  return (
    <p class="typed-g" data-testid="typed-g">
      {say("weigh.typed", { count: g })}
    </p>
  );
}

function Cartons({ s }: { s: Session }) {
  const cartons = s.next.value.show.cartons ?? [];
  const wanted = new Set(s.next.value.want.map((w) => w.code));
  return (
    <ul class="cartons">
      {cartons.map((c) => (
        <li key={c.code}>
          <button type="button" class={wanted.has(c.scan) ? "fits" : ""} data-testid={`carton-${c.code}`} onClick={() => s.scan(c.scan, "tapped")}>
            <b>{c.code}</b> {c.name}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Parcel({ s }: { s: Session }) {
  const p = s.next.value.show.parcel;
  if (!p) return null;
  return (
    <p class="parcel" data-testid="parcel">
      {say("parcel")} {p.n ?? ""} <span class="code">{p.id}</span> {grams(p.weight_g)} {p.tracking && <b class="code">{p.tracking}</b>}
    </p>
  );
}

export const Bench = () => <Work station="bench" Prompt={Prompt} />;
