import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { post } from "../api";
import { Signature } from "../dock/signature";
import { Vehicle } from "../dock/vehicle";
import { Languages } from "../doors/languages";
import { Icon } from "../look/icons";
import { leftHanded, theme, turnTheme } from "../theme";
import { has, plain, say } from "../words";
import { openCalibration } from "./calibration";
import { cameraOpen, turnCamera } from "./camera-open";
import { LONGEST } from "./capture";
import { Install } from "./install";
import { Pad } from "./pad";
import { Photo } from "./photo";
import { keepPhoto } from "./photos";
import { CLASSES, type Offer } from "../wire";
import type { Session } from "./session";
import { setVolume, verdictSound, volume } from "./sound";

// The few small dialogs of a working screen. A scan closes them: the scanner always goes first.

export type SheetName = "typed" | "qty" | "short" | "weigh" | "takeover" | "menu" | "vehicle" | "seal" | "photo" | "signature";

// The job that somebody else has and that is about to be taken over.
export const wanted = signal<Offer | null>(null);

export const sheet = signal<SheetName | null>(null);
export const padKeys = signal<((keys: string) => boolean) | null>(null);

// What a station has in its menu beside what all have.
export const menuMore = signal<ComponentType<{ s: Session }> | null>(null);

const close = (): void => {
  sheet.value = null;
};

export function Sheets({ s }: { s: Session }) {
  const name = sheet.value;
  if (!name) return null;
  const back = s.next.value.job?.kind === "inspect";
  const title = say(name === "photo" && back ? "sheet.photo_unit" : `sheet.${name}`);
  return (
    <div class="sheet-back" onClick={(e) => e.target === e.currentTarget && close()}>
      <section class="sheet" role="dialog" aria-modal="true" aria-label={title} data-testid={`sheet-${name}`}>
        <header class="sheet-head">
          <h2>{title}</h2>
          <button type="button" class="bare" data-testid="sheet-close" onClick={close}>
            {say("action.back")}
          </button>
        </header>
        {name === "typed" && <Typed s={s} />}
        {name === "qty" && <Quantity s={s} />}
        {name === "short" && <Short s={s} />}
        {name === "weigh" && <Weight s={s} />}
        {name === "takeover" && <TakeOver s={s} />}
        {name === "menu" && <Menu s={s} />}
        {(name === "vehicle" || name === "seal") && <Vehicle s={s} of={name} />}
        {name === "photo" && <Photo title={title} keep={back ? unitPhoto(s) : loadPhoto(s)} />}
        {name === "signature" && <Signature s={s} />}
      </section>
    </div>
  );
}

// A truck waits for its photo, so it is sent at once.
function loadPhoto(s: Session) {
  const id = s.next.value.show.manifest?.id ?? "";
  return (photo: Blob) => post(`/manifests/${id}/photos`, photo, { token: s.token });
}

// The unit that is in the hand as the photo is taken, whatever is in it when the photo is sent.
function unitPhoto(s: Session) {
  const { job, show } = s.next.value;
  return (photo: Blob) => keepPhoto(s, `/returns/${encodeURIComponent(job?.id ?? "")}/photos?unit=${show.unit ?? ""}`, photo);
}

const REASONS = ["shift over", "device broken", "gone to other work", "urgent"];

// TakeOver gives the reason that goes into the books; whoever had the job is told.
function TakeOver({ s }: { s: Session }) {
  const j = wanted.value;
  if (!j) return null;
  const take = (reason: string) => {
    close();
    s.act("start", { job: j.job, id: j.id, reason });
  };
  return (
    <>
      <p>
        {say("takeover.with", { job: j.title || j.id || "", worker: j.worker ?? "" })}
      </p>
      <div class="reasons">
        {REASONS.map((r) => (
          <button key={r} type="button" data-testid={`takeover-${r.replaceAll(" ", "-")}`} onClick={() => take(r)}>
            {say(`takeover.${r.replaceAll(" ", "_")}`)}
          </button>
        ))}
      </div>
    </>
  );
}

// Typed is the last resort, for a label that no scanner reads.
function Typed({ s }: { s: Session }) {
  const [code, setCode] = useState("");
  const send = () => {
    if (code.trim() === "") return;
    close();
    s.scan(code.trim(), "typed");
  };
  return (
    <form
      class="typed"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <label>
        {say("typed.label")}
        <input
          data-testid="typed-code"
          value={code}
          maxLength={LONGEST}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          ref={(el) => el?.focus()}
          onInput={(e) => setCode(e.currentTarget.value)}
        />
      </label>
      <p class="typed-why">{say("typed.why")}</p>
      <button type="button" class="primary" data-testid="typed-ok" disabled={code.trim() === ""} onClick={send}>
        {say("typed.send")}
      </button>
    </form>
  );
}

function Quantity({ s }: { s: Session }) {
  const left = s.next.value.show.qty;
  const ok = (text: string) => {
    close();
    s.act("qty", { qty: Number(text) });
  };
  return <Pad label={s.next.value.title} {...(left ? { all: left } : {})} ok={say("qty.ok")} onOk={ok} />;
}

// Short asks for the units found here in all, so those already picked are the least it can be.
function Short({ s }: { s: Session }) {
  const picked = s.next.value.show.done ?? 0;
  const reasons = s.next.value.show.reasons ?? [];
  const [reason, setReason] = useState(reasons[0] ?? "");
  const ok = (text: string) => {
    close();
    s.act("short", { found: Number(text), reason });
  };
  return (
    <>
      {reasons.length > 0 && (
        <fieldset class="reasons">
          <legend>{say("short.why")}</legend>
          {reasons.map((r) => (
            <button key={r} type="button" data-testid={`reason-${r}`} aria-pressed={r === reason} onClick={() => setReason(r)}>
              {has(`reason.${r}`) ? say(`reason.${r}`) : plain(r)}
            </button>
          ))}
        </fieldset>
      )}
      <Pad label={picked > 0 ? say("short.in_all", { count: picked }) : ""} suggest={picked} ok={say("action.short")} onOk={ok} />
    </>
  );
}

export function Weight({ s, bounds = "" }: { s: Session; bounds?: string }) {
  const expected = s.next.value.show.expected_weight_g;
  const ok = (text: string) => {
    close();
    s.act("weigh", { weight_g: Number(text), source: "typed" });
  };
  const label = bounds || (expected ? say("weigh.expected", { count: expected }) : say("weigh.grams"));
  // Nothing is suggested: a witness who is told what to say is none.
  return <Pad label={label} unit="g" ok={say("action.weigh")} onOk={ok} />;
}

function Menu({ s }: { s: Session }) {
  const More = menuMore.value;
  return (
    <div class="menu">
      <p>
        {s.device.value?.name} <span class="code">{s.device.value?.id}</span>
      </p>
      <label>
        {say("menu.volume")}
        <input type="range" min="0" max="1" step="0.1" value={volume.value} onInput={(e) => setVolume(Number(e.currentTarget.value))} />
      </label>
      <fieldset class="sounds">
        <legend>{say("menu.sounds")}</legend>
        {CLASSES.map((c) => (
          <button key={c} type="button" data-testid={`sound-${c}`} onClick={() => verdictSound(c)}>
            <Icon name={c} /> {say(`class.${c}`)}
          </button>
        ))}
      </fieldset>
      <button type="button" data-testid="turn-theme" onClick={turnTheme}>
        {say(theme.value === "dark" ? "menu.light" : "menu.theme")}
      </button>
      <button type="button" data-testid="left-hand" aria-pressed={leftHanded.value} onClick={() => (leftHanded.value = !leftHanded.value)}>
        {say("menu.left")}
      </button>
      <button
        type="button"
        aria-pressed={cameraOpen.value}
        data-testid="menu-camera"
        onClick={() => {
          close();
          turnCamera();
        }}
      >
        {say("camera.title")}
      </button>
      <button
        type="button"
        data-testid="menu-setup"
        onClick={() => {
          close();
          openCalibration();
        }}
      >
        {say("setup.title")}
      </button>
      {More && <More s={s} />}
      <Languages />
      <Install />
      <a class="button" href="/">
        {say("menu.leave")}
      </a>
    </div>
  );
}
