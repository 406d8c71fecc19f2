import { useEffect, useState } from "preact/hooks";
import { bytes } from "../api";
import { Icon } from "../look/icons";
import { say, when } from "../words";
import { CODES } from "./calibrate";
import { calibration, closeCalibration, openCalibration, visible, type Calibration, type Tried } from "./calibration";
import { Bars, Narrow } from "./codes";
import { Findings } from "./findings";
import type { OwnScanner } from "./scanner";
import type { Session } from "./session";
import "../look/setup.css";

// "Set up the scanner": three codes, what they say of it, a label to try, and then it is kept.

export function Setup({ s }: { s: Session }) {
  const c = calibration.value;
  if (!c) return null;
  return (
    <section class="setup" role="dialog" aria-modal="true" aria-label={say("setup.title")} data-testid="setup">
      <header class="setup-head">
        <h1>{say("setup.title")}</h1>
        <button type="button" class="bare" data-testid="setup-close" onClick={closeCalibration}>
          {say("setup.close")}
        </button>
      </header>
      <div class="setup-body" tabIndex={0}>
        {c.profile.value ? <Learned c={c} own={s.scanner} /> : <Codes c={c} s={s} />}
      </div>
      {c.profile.value && <Foot c={c} own={s.scanner} />}
    </section>
  );
}

function Codes({ c, s }: { c: Calibration; s: Session }) {
  const due = c.samples.value.length;
  const said = c.said.value;
  return (
    <>
      <p>{say("setup.intro")}</p>
      <Sheet token={s.token} />
      <ol class="setup-steps" aria-label={say("setup.progress")}>
        {CODES.map((_, i) => (
          <li key={i} class={i < due ? "read" : i === due ? "due" : ""} data-testid={`setup-code-${i + 1}`} data-read={String(i < due)}>
            {i < due ? <Icon name="accepted" /> : <b>{i + 1}</b>}
            <span class="visually-hidden">{i < due ? say("setup.read") : ""}</span>
          </li>
        ))}
      </ol>
      <p class="setup-now" role="status" data-testid="setup-now">
        {say("setup.scan", { n: due + 1 })}
      </p>
      {said && (
        <p class="setup-fault" role="alert" data-testid="setup-fault" data-said={said}>
          <Icon name="refused" /> {say(`setup.fault.${said}`).replaceAll("{n}", String(due + 1))}
        </p>
      )}
      <Bars n={Math.min(due, CODES.length - 1)} />
      <Narrow />
      <Present own={s.scanner} />
      <p class="quiet">{say("setup.settings")}</p>
    </>
  );
}

// Sheet is the printed codes, which the floor draws.
function Sheet({ token }: { token: string }) {
  const [url, setURL] = useState<string | null>(null);
  useEffect(() => {
    let made = "";
    let here = true;
    bytes("/api/v1/scanner/codes.pdf", token).then(
      (blob) => here && setURL((made = URL.createObjectURL(blob))),
      (e: Error) => {
        console.warn(e);
        if (here) setURL("");
      },
    );
    return () => {
      here = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [token]);
  if (url === "") return <p class="quiet">{say("setup.no_sheet")}</p>;
  return (
    <a class="button" href={url ?? undefined} target="_blank" rel="noreferrer" data-testid="setup-sheet" aria-disabled={url === null}>
      <Icon name="print" /> {say("setup.sheet")}
    </a>
  );
}

// Present is how the scanner is set up now, for somebody who wants to know or to forget it.
function Present({ own }: { own: OwnScanner }) {
  const p = own.profile.value;
  if (!p) return null;
  return (
    <details class="setup-present" data-testid="setup-present">
      <summary>{say("setup.since", { when: when(own.calibrated.value) })}</summary>
      <Findings of={p} />
      <button type="button" class="danger" data-testid="setup-forget" onClick={() => void own.set(null)}>
        {say("setup.forget")}
      </button>
    </details>
  );
}

function Learned({ c, own }: { c: Calibration; own: OwnScanner }) {
  const t = c.tried.value;
  return (
    <>
      <h2>{say("setup.found")}</h2>
      <Findings of={c.profile.value!} />
      <section class="setup-try" aria-label={say("setup.try")} aria-live="polite">
        <h2>{say("setup.try")}</h2>
        {t ? <Understood t={t} /> : <p class="quiet">{say("setup.try_why")}</p>}
      </section>
      {c.kept.value && <Kept own={own} />}
    </>
  );
}

function Understood({ t }: { t: Tried }) {
  return (
    <dl data-testid="setup-tried">
      <dt>{say("setup.understood")}</dt>
      <dd class="code big" data-testid="setup-code">
        <Signs text={t.code} />
      </dd>
      <dt>{say("setup.came")}</dt>
      <dd class="code" data-testid="setup-came">
        <Signs text={t.came} /> <kbd>{say(`setup.end.${t.end}`)}</kbd>
      </dd>
      {t.proves && <dd class="setup-proves">{say("setup.proves")}</dd>}
    </dl>
  );
}

function Signs({ text }: { text: string }) {
  return <>{visible(text).map((v, i) => (v.named ? <kbd key={i}>{v.text}</kbd> : v.text))}</>;
}

function Kept({ own }: { own: OwnScanner }) {
  const key = own.fault.value ? "setup.kept.fault" : own.unsent.value ? "setup.kept.here" : "setup.kept.floor";
  return (
    <p class="setup-kept" role="status" data-testid="setup-kept" data-unsent={String(own.unsent.value)}>
      <Icon name={own.fault.value ? "note" : "accepted"} /> {say(key)} {own.fault.value}
    </p>
  );
}

function Foot({ c, own }: { c: Calibration; own: OwnScanner }) {
  const keep = () => {
    c.kept.value = true;
    void own.set(c.profile.value);
  };
  return (
    <footer class="setup-foot">
      <button type="button" data-testid="setup-again" onClick={() => c.again()}>
        {say("setup.again")}
      </button>
      {c.kept.value ? (
        <button type="button" class="primary" data-testid="setup-done" onClick={closeCalibration}>
          {say("setup.done")}
        </button>
      ) : (
        <button type="button" class="primary" data-testid="setup-keep" onClick={keep}>
          {say("setup.keep")}
        </button>
      )}
    </footer>
  );
}

// DriftWord stands over the work while the scanner types otherwise than it was set up. Work goes on under it.
export function DriftWord({ own }: { own: OwnScanner }) {
  const drift = own.drift.value;
  if (drift === "") return null;
  return (
    <section class="remark drift" role="alert" data-testid="drift" data-drift={drift}>
      <p>
        <b>{say(`drift.${drift}`)}</b> {say(`drift.${drift}.do`)}
      </p>
      <button type="button" data-testid="drift-setup" onClick={openCalibration}>
        {say("setup.title")}
      </button>
    </section>
  );
}

// Hint is what a refusal of a code says that would be right on another keyboard.
export function Hint({ turned, onSetup }: { turned: boolean; onSetup: () => void }) {
  return (
    <div class="verdict-hint" data-testid="hint" data-turned={String(turned)}>
      <p>{say(turned ? "hint.caps" : "hint.keyboard")}</p>
      {!turned && (
        <button type="button" class="verdict-ok" data-testid="hint-setup" onClick={onSetup}>
          {say("setup.title")}
        </button>
      )}
    </div>
  );
}
