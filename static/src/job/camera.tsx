import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../look/icons";
import { say } from "../words";
import { Aim } from "./camera-aim";
import { Watch } from "./camera-watch";
import type { Session } from "./session";
import { sheet } from "./sheets";
import "../look/camera.css";

// The camera as a scanner, above the prompt it scans for: on a phone, and on a bench whose scanner has died.
// It goes away while a question is asked or a weight is wanted, and comes back for the next scan.

// What has counted stays known while a question is asked, so that the camera that comes back does not count the
// label it still lies on.
const aim = new Aim();

// scannable is false of the steps that are done by tapping alone.
export function scannable(s: Session): boolean {
  const n = s.next.value;
  return n.ask === null && n.step !== "weigh" && !(n.job !== null && n.expects.length === 0);
}

export function Camera({ s }: { s: Session }) {
  const video = useRef<HTMLVideoElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [watch, setWatch] = useState<Watch | null>(null);
  useEffect(() => {
    const w = new Watch(video.current!, box.current!, aim, { onRead: (code) => s.scan(code, "camera"), paused: () => covered(s) });
    setWatch(w);
    return keep(w);
  }, [s]);
  const look = watch?.look.value;
  const live = watch?.state.value === "live";
  return (
    <section class="camera" aria-label={say("camera.title")} data-testid="camera" data-state={watch?.state.value} data-look={look?.say} data-how={watch?.how.value}>
      <div class="camera-view">
        <video ref={video} playsInline muted disablePictureInPicture aria-hidden="true" onClick={() => watch?.again()} />
        <div ref={box} class="camera-box" />
        {watch && !live && <NoPicture w={watch} />}
        {watch && live && <Turns w={watch} />}
      </div>
      <p class="camera-say" data-testid="camera-say" role="status">
        {live ? say(`camera.${look?.say ?? "look"}`) : ""}
      </p>
    </section>
  );
}

// keep runs a watch for as long as the page is seen.
function keep(w: Watch): () => void {
  const hidden = () => document.visibilityState === "hidden" && w.rest();
  document.addEventListener("visibilitychange", hidden);
  void w.start();
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    w.stop();
  };
}

// covered says that something lies over the picture, so that nobody can be aiming.
function covered(s: Session): boolean {
  const stays = s.verdict.value?.class === "refused" || s.verdict.value?.class === "stop";
  return stays || sheet.value !== null || s.notices.value.length > 0;
}

function NoPicture({ w }: { w: Watch }) {
  const state = w.state.value;
  if (state === "opening") return <p class="camera-why">{say("camera.opening")}</p>;
  return (
    <div class="camera-why" role="alert" data-testid="camera-why">
      <p>{say(`camera.${state}`)}</p>
      {state !== "insecure" && (
        <button type="button" class="primary" data-testid="camera-start" onClick={() => void w.start()}>
          {say(state === "resting" ? "camera.go_on" : "camera.try_again")}
        </button>
      )}
    </div>
  );
}

function Turns({ w }: { w: Watch }) {
  const { cameras, chosen, torch } = w.eye;
  return (
    <div class="camera-turns">
      {w.mayAgain.value && (
        <button type="button" class="primary" data-testid="camera-again" onClick={() => w.again()}>
          {say("camera.again")}
        </button>
      )}
      {torch.value !== "none" && (
        <button type="button" data-testid="camera-torch" aria-pressed={torch.value === "on"} onClick={() => void w.eye.turnTorch()}>
          <Icon name="torch" /> {say("camera.torch")}
        </button>
      )}
      {cameras.value.length > 1 && (
        <select aria-label={say("camera.which")} data-testid="camera-which" value={chosen.value} onChange={(e) => w.choose(e.currentTarget.value)}>
          {cameras.value.map((c) => (
            <option key={c.id} value={c.id}>
              {c.name}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
