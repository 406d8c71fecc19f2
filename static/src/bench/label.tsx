import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { bytes } from "../api";
import { Icon } from "../look/icons";
import type { Show } from "../wire";
import { say } from "../words";

// The label of the parcel, for a station without a printer of its own: shown, and printed by the browser.
// Where the station has a printer the floor prints it, and here is how that goes. Printing without a tap is for a browser
// that asks nothing (Chrome with --kiosk-printing); elsewhere its dialog would take the scans, so the
// station chooses.

const KEY = "floorline.print";
const byItself = signal(localStorage.getItem(KEY) === "yes");

function setByItself(yes: boolean): void {
  byItself.value = yes;
  localStorage.setItem(KEY, yes ? "yes" : "no");
}

interface Props {
  address: string;
  print: Show["print"];
  printer: string | undefined;
  token: string;
}

export function Label({ address, print: job, printer, token }: Props) {
  const [page, setPage] = useState<{ address: string; url: string } | null>(null);
  const [fault, setFault] = useState("");
  const frame = useRef<HTMLIFrameElement>(null);
  const printed = useRef("");
  useEffect(() => {
    let url = "";
    let here = true;
    setFault("");
    bytes(address, token)
      .then((blob) => {
        if (!here) return;
        url = URL.createObjectURL(blob);
        setPage({ address, url: `${url}#toolbar=0&navpanes=0&view=Fit` });
      })
      .catch((e: Error) => here && setFault(e.message));
    return () => {
      here = false;
      if (url) URL.revokeObjectURL(url);
    };
  }, [address, token]);
  const print = () => frame.current?.contentWindow?.print();
  const loaded = () => {
    if (printer || job || !byItself.value || printed.current === address) return;
    printed.current = address;
    print();
  };
  return (
    <section class="label" data-testid="label">
      {fault && <p role="alert">{say("label.fault")} {fault}</p>}
      {page && page.address === address && (
        <>
          {/* inert: the browser's PDF viewer takes the focus when it has loaded, and with it the middle of a scan */}
          <iframe inert ref={frame} src={page.url} title={say("label")} onLoad={loaded} />
          <div class="label-side">
            {job ? <Printing job={job} /> : <p>{say("label.no_printer")}</p>}
            <button type="button" data-testid="print" onClick={print}>
              <Icon name="print" /> {say("label.print")}
            </button>
            {!printer && !job && (
              <label>
                <input type="checkbox" checked={byItself.value} onChange={(e) => setByItself(e.currentTarget.checked)} data-testid="print-by-itself" />{" "}
                {say("label.by_itself")}
              </label>
            )}
            <a class="button" href={page.url} target="_blank" rel="noreferrer" data-testid="label-link">
              {say("label.open")}
            </a>
          </div>
        </>
      )}
    </section>
  );
}

const icons: Record<string, string> = { queued: "saved", sending: "print", sent: "accepted", proved: "accepted", unknown: "choose", failed: "refused" };

// Printing is how the label is on its way, and what to do about it: the printer stands out of sight.
function Printing({ job }: { job: NonNullable<Show["print"]> }) {
  const state = job.why && job.status !== "sent" ? "trouble" : job.status;
  return (
    <div class={`printing printing-${state}`} role="status" data-testid="printing" data-status={job.status}>
      <p class="printing-state">
        <Icon name={job.why ? "stop" : (icons[job.status] ?? "print")} /> {say(`print.${job.status}`, { printer: job.printer })}
      </p>
      {job.why && <p class="printing-why">{job.why}</p>}
      {job.copy > 1 && <p class="quiet">{say("print.copy", { count: job.copy })}</p>}
    </div>
  );
}
