import { Load } from "../dock/load";
import { NextStop } from "../floorplan/leg";
import { Question } from "../job/ask";
import { Facts, Heading, Item, Jobs, Quantity, Slot, Tally } from "../job/prompt";
import type { Session } from "../job/session";
import { Weight } from "../job/sheets";
import { Work } from "../job/work";

// The handheld: one prompt for every job, made for 360 px, one hand and gloves.

function Prompt({ s }: { s: Session }) {
  const n = s.next.value;
  return (
    <div class="hand">
      <Heading n={n} />
      {n.job?.kind === "load" ? <Load s={s} /> : n.ask ? <Question s={s} ask={n.ask} /> : <Detail s={s} />}
    </div>
  );
}

function Detail({ s }: { s: Session }) {
  const n = s.next.value;
  return (
    <>
      {n.job?.kind === "putaway" && n.show.why && (
        <p class="why" data-testid="why">
          {n.show.why}
        </p>
      )}
      <div class="numbers">
        <Quantity show={n.show} />
        <Slot show={n.show} />
      </div>
      <NextStop s={s} n={n} />
      <Item show={n.show} title={n.title} />
      <Facts n={n} />
      <Tally n={n} />
      {n.step === "weigh" && <Weight s={s} />}
      <Jobs s={s} />
    </>
  );
}

export const Handheld = () => <Work station="handheld" Prompt={Prompt} />;
