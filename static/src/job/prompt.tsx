import { Icon } from "../look/icons";
import type { Next, Offer, Show } from "../wire";
import { count, has, plain, say } from "../words";
import type { Session } from "./session";
import { sheet, wanted } from "./sheets";

// The parts a prompt is made of. Each draws one thing the floor shows and nothing where it shows nothing.

export function Heading({ n }: { n: Next }) {
  const key = n.job && has(`step.${n.step}.${n.job.kind}`) ? `step.${n.step}.${n.job.kind}` : `step.${n.step}`;
  return (
    <>
      <p class="verb" data-testid="step" data-step={n.step}>
        {say(key)}
      </p>
      {isCode(n.title) ? (
        <h1 class="title short" style={sized(n.title)} data-testid="title">
          {n.title}
        </h1>
      ) : (
        <h1 class="title long" data-testid="title">
          {n.title}
        </h1>
      )}
      <Place n={n} />
    </>
  );
}

// A code is compared with a label: it is written as large as its length allows, and never shortened.
const isCode = (title: string): boolean => /^[\x21-\x7e]+$/.test(title) && (title.length <= 12 || /\d/.test(title));

const sized = (code: string): Record<string, number> => ({ "--letters": code.length });

// Place is the bin to go to where the title is a sentence: large enough to compare with the label on the
// rack. A bin's label reads B-<bin>-<check>.
function Place({ n }: { n: Next }) {
  if (n.step !== "stage") return null;
  const label = n.want[0]?.code.match(/^B-(.+)-.$/)?.[1];
  const place = n.show.stage ?? label;
  return place && place !== n.title ? <p class="title short place" style={sized(place)}>{place}</p> : null;
}

export function Item({ show, title }: { show: Show; title: string }) {
  const item = show.item;
  if (!item) return null;
  return (
    <section class="item" data-testid="item">
      <span class="picture">
        <Icon name="box" />
      </span>
      <div>
        {item.name !== title && <p class="item-name">{item.name ?? item.sku}</p>}
        <p class="code">{item.sku}</p>
        {show.lot && (
          <p>
            {say("item.lot")} <b class="code">{show.lot}</b>
          </p>
        )}
        {show.expiry && (
          <p>
            {say("item.expiry")} <b>{show.expiry}</b>
          </p>
        )}
        {show.serial && (
          <p>
            {say("item.serial")} <b class="code">{show.serial}</b>
          </p>
        )}
        {item.hazard && <p class="hazard">{plain(item.hazard)}</p>}
      </div>
    </section>
  );
}

export function Quantity({ show }: { show: Show }) {
  if (show.qty === undefined) return null;
  return (
    <p class="qty" data-testid="qty">
      <b>{count(show.qty)}</b>
      {show.total !== undefined && (
        <span class="qty-of">
          {show.done ?? 0}/{show.total}
        </span>
      )}
    </p>
  );
}

// Slot is where on the cart the units go: a number as large as a hand and a colour of its own.
export function Slot({ show }: { show: Show }) {
  if (!show.slot || show.slots === 1) return null; // with one tote there is nothing to choose
  const all = Array.from({ length: Math.min(show.slots ?? 0, 24) }, (_, i) => i + 1);
  return (
    <section class={`slot slot-${((show.slot - 1) % 12) + 1}`} data-testid="slot" aria-label={say("slot", { slot: show.slot })}>
      <b>{show.slot}</b>
      {all.length > 1 && (
        <span class={`cart ${all.length > 8 ? "many" : ""}`} aria-hidden="true">
          {all.map((i) => (
            <i key={i} class={i === show.slot ? "here" : ""}>
              {i}
            </i>
          ))}
        </span>
      )}
    </section>
  );
}

const facts = ["bin", "zone", "tote", "order", "external_id", "stage"] as const;

export function Facts({ n }: { n: Next }) {
  const rows = facts.filter((key) => n.show[key] !== undefined && n.show[key] !== "" && n.show[key] !== n.title);
  const why = n.job?.kind === "putaway" ? "" : n.show.why; // there it stands at the top
  if (rows.length === 0 && !why && !n.show.note) return null;
  return (
    <>
      {n.show.note && (
        <p class="remark" data-testid="note">
          {n.show.note}
        </p>
      )}
      <dl class="facts">
        {rows.map((key) => (
          <div key={key}>
            <dt>{say(`fact.${key}`)}</dt>
            <dd class="code">{String(n.show[key])}</dd>
          </div>
        ))}
      </dl>
      {why && <p class="why">{why}</p>}
    </>
  );
}

// Tally is what came so far of what is to come, or what was counted so far, where nobody is told how many there should be.
export function Tally({ n }: { n: Next }) {
  const lines = n.show.lines ?? [];
  if (!["receive", "count"].includes(n.job?.kind ?? "") || lines.length === 0) return null;
  return (
    <ul class="tally" data-testid="tally">
      {lines.map((l, i) => (
        <li key={i}>
          <b>{l.done === l.qty ? count(l.done) : `${count(l.done)}/${count(l.qty)}`}</b>
          <span>
            {l.name ?? l.sku} <span class="code">{l.sku}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function start(s: Session, j: Offer): void {
  if (j.worker && j.worker !== s.worker.value?.name) {
    wanted.value = j;
    sheet.value = "takeover";
    return;
  }
  s.act("start", j.id ? { job: j.job, id: j.id } : { job: j.job });
}

// Jobs is what can be started. A job in somebody else's hands is named with them.
export function Jobs({ s }: { s: Session }) {
  const n = s.next.value;
  if (!n.actions.includes("start")) return null;
  const jobs = n.show.jobs ?? [];
  if (jobs.length === 0) return <p class="no-jobs">{say("jobs.none")}</p>;
  return (
    <ul class="jobs" data-testid="jobs">
      {jobs.map((j, i) => (
        <li key={`${j.job}/${j.id}`}>
          <button
            type="button"
            class={i === 0 ? "primary" : ""}
            data-testid={`job-${j.id}`}
            disabled={s.amber.value > 0}
            onClick={() => start(s, j)}
          >
            <span class="job-kind">{say(`job.${j.job}`)}</span>
            <span class="job-title">{j.title || j.id}</span>
            {j.detail && <span class="job-detail">{j.detail}</span>}
            {j.total ? (
              <span class="job-done">
                {j.done ?? 0}/{j.total}
              </span>
            ) : null}
            {j.worker && <span class="job-detail">{j.worker}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
