import { useEffect, useRef, useState } from "preact/hooks";
import { say } from "../words";
import { sheet } from "./sheets";

// A photo, of a load or of what came back, by the device's camera, or from a picture that it takes with its own app. What
// is kept is drawn anew here: small, and without what the camera wrote into the file.

const LONGEST = 1_600;

type Drawable = HTMLVideoElement | ImageBitmap;
const sizeOf = (m: Drawable): [number, number] => (m instanceof HTMLVideoElement ? [m.videoWidth, m.videoHeight] : [m.width, m.height]);

export function drawn(m: Drawable): Promise<Blob> {
  const [w, h] = sizeOf(m);
  const by = Math.min(1, LONGEST / Math.max(w, h, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(w * by));
  canvas.height = Math.max(1, Math.round(h * by));
  canvas.getContext("2d")!.drawImage(m, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((b) => (b ? done(b) : fail(new Error("no picture"))), "image/jpeg", 0.85));
}

export function Photo({ title, keep: take }: { title: string; keep: (photo: Blob) => Promise<unknown> }) {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<"opening" | "live" | "none">("opening");
  const [kept, setKept] = useState<{ blob: Blob; url: string } | null>(null);
  const [fault, setFault] = useState("");
  const [sending, setSending] = useState(false);

  useEffect(() => {
    let stream: MediaStream | undefined;
    let here = true;
    const open = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1_920 } } });
      if (!here || !video.current) return stream.getTracks().forEach((t) => t.stop());
      video.current.srcObject = stream;
      await video.current.play();
      setState("live");
    };
    // Plain HTTP has no camera at all, and a dock's computer may have none.
    (navigator.mediaDevices ? open() : Promise.reject(new Error("no camera"))).catch(() => here && setState("none"));
    return () => {
      here = false;
      stream?.getTracks().forEach((t) => t.stop());
    };
  }, []);
  useEffect(() => () => kept && URL.revokeObjectURL(kept.url), [kept]);

  const keep = (m: Drawable) => drawn(m).then((blob) => setKept({ blob, url: URL.createObjectURL(blob) }), (e: Error) => setFault(e.message));
  const choose = (f: File | undefined) => f && createImageBitmap(f).then(keep, (e: Error) => setFault(e.message));
  const send = async () => {
    setSending(true);
    setFault("");
    try {
      await take(kept!.blob);
      sheet.value = null;
    } catch (e) {
      setFault((e as Error).message);
    }
    setSending(false);
  };
  return (
    <div class="photo" data-testid="photo" data-state={kept ? "taken" : state}>
      {kept ? <img src={kept.url} alt={title} /> : <video ref={video} muted playsInline hidden={state === "none"} />}
      {state === "none" && !kept && <p>{say("dock.no_camera")}</p>}
      {fault && (
        <p class="fault" role="alert" data-testid="photo-fault">
          {fault}
        </p>
      )}
      {kept ? (
        <div class="options">
          <button type="button" class="primary" data-testid="photo-keep" disabled={sending} onClick={() => void send()}>
            {say(sending ? "dock.sending" : "dock.keep")}
          </button>
          <button type="button" data-testid="photo-again" disabled={sending} onClick={() => setKept(null)}>
            {say("dock.again")}
          </button>
        </div>
      ) : (
        <div class="options">
          {state !== "none" && (
            <button type="button" class="primary" data-testid="photo-take" disabled={state !== "live"} onClick={() => void keep(video.current!)}>
              {say("dock.take")}
            </button>
          )}
          <label class={`button ${state === "none" ? "primary" : ""}`}>
            {say("dock.choose")}
            <input type="file" class="unseen" accept="image/*" capture="environment" data-testid="photo-file" onChange={(e) => void choose(e.currentTarget.files?.[0])} />
          </label>
        </div>
      )}
    </div>
  );
}
