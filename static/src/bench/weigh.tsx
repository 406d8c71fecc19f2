import { useEffect, useState } from "preact/hooks";
import type { Session } from "../job/session";
import { menuMore, Weight } from "../job/sheets";
import { Icon } from "../look/icons";
import { count, say } from "../words";
import { attach, choice, live, mayTake, prompt, take } from "./scale";
import { ScaleMenu } from "./scale-menu";
import "../look/weigh.css";

// The weigh step: what the scale says, large; where it should be, as a band; and what is wrong, where it is not.

export function Weigh({ s }: { s: Session }) {
  const [typing, setTyping] = useState(false);
  const n = s.next.value;
  const typed = n.show.weigh?.typed === "lead";
  const scaled = choice.value.kind !== "none";
  useEffect(() => setTyping(false), [n.show.parcel?.id]);
  return (
    <section class={`weigh ${typing ? "typing" : ""}`} data-testid="weigh" data-expected={n.show.expected_weight_g}>
      <Off s={s} />
      {scaled && !typing && <Dial />}
      {scaled && (
        <div class="weigh-do">
          {!typing && (
            <button type="button" class="primary" data-testid="weigh-take" disabled={!mayTake.value} onClick={() => take(s)}>
              {say("scale.take")}
            </button>
          )}
          <button type="button" data-testid="weigh-type" aria-expanded={typing} onClick={() => setTyping(!typing)}>
            {say(typing ? "scale.title" : "scale.type")}
          </button>
        </div>
      )}
      {scaled && !typing && <Band s={s} />}
      {(!scaled || typing) && (
        <>
          {typed && <p class="weigh-lead">{say("scale.type.lead")}</p>}
          <Weight s={s} bounds={bounds(s) || say("weigh.unknown")} />
        </>
      )}
    </section>
  );
}

// useScale has a bench hear its scale, at whatever step it is: the scale must have been seen empty before a parcel.
export function useScale(s: Session): void {
  useEffect(() => {
    menuMore.value = ScaleMenu;
    const end = attach(s);
    return () => {
      menuMore.value = null;
      end();
    };
  }, [s]);
}

const SIGNS: Record<string, string> = { ok: "accepted", taken: "accepted", wrong: "stop", moving: "saved", place: "box", off: "box", silent: "note" };

function Dial() {
  const { mg, told } = live.value;
  const said = prompt.value;
  const shown = told === "" || told === "moving" || told === "zero" || told === "tare";
  return (
    <div class={`dial ${said === "ok" || said === "taken" ? "still" : said === "wrong" ? "wrong" : told === "moving" ? "moving" : ""}`} data-testid="dial" data-said={said}>
      <p class="dial-grams" data-testid="dial-grams">
        {shown ? count(Math.round(mg / 1000)) : "–"}
        <span>g</span>
      </p>
      <p class="dial-said" role="status">
        <Icon name={SIGNS[said] ?? "refused"} /> {say(`scale.said.${said}`)}
      </p>
    </div>
  );
}

// bounds is what a right parcel weighs, in words; "" where nobody knows.
function bounds(s: Session): string {
  const { expected_weight_g: expected = 0, weigh } = s.next.value.show;
  const tolerance = weigh?.tolerance_g ?? 0;
  if (tolerance === 0) return "";
  return say("weigh.band", { expected: count(expected), low: count(Math.max(0, expected - tolerance)), high: count(expected + tolerance) });
}

// Band shows where the weight should be: a scale of twice the tolerance to either side, the good part filled.
function Band({ s }: { s: Session }) {
  const show = s.next.value.show;
  const expected = show.expected_weight_g ?? 0;
  const tolerance = show.weigh?.tolerance_g ?? 0;
  if (tolerance === 0) return <p class="weigh-unknown">{say("weigh.unknown")}</p>;
  const told = live.value.told;
  const now = choice.value.kind !== "none" && (told === "" || told === "moving") ? live.value.mg / 1000 : show.weigh?.off?.weight_g;
  const low = Math.max(0, expected - tolerance);
  const at = (g: number) => Math.min(100, Math.max(0, 50 + (25 * (g - expected)) / tolerance));
  const good = now !== undefined && Math.abs(now - expected) <= tolerance;
  return (
    <figure class="band" data-testid="band" data-good={now === undefined ? "" : String(good)}>
      <svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
        <rect class="all" x="0" y="6" width="100" height="6" rx="1" />
        <rect class="good" x={at(low)} y="4" width={75 - at(low)} height="10" rx="1" />
        <rect class="middle" x="49.7" y="4" width="0.6" height="10" />
        {now !== undefined && <rect class={good ? "now" : "now bad"} x={at(now) - 0.9} y="0" width="1.8" height="16" rx="0.6" />}
      </svg>
      <figcaption>{bounds(s)}</figcaption>
    </figure>
  );
}

// Off says what the floor said of the last weight, for as long as nothing was changed.
function Off({ s }: { s: Session }) {
  const off = s.next.value.show.weigh?.off;
  if (!off) return null;
  const difference = (off.difference_g > 0 ? "+" : "−") + count(Math.abs(off.difference_g));
  return (
    <div class="weigh-off" role="alert" data-testid="weigh-off">
      <p class="weigh-cause" data-testid="weigh-cause">
        <Icon name="stop" /> {off.cause}
      </p>
      <p>{say("weigh.off", { weight: count(off.weight_g), difference })}</p>
    </div>
  );
}
