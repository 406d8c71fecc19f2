import { useSignalEffect } from "@preact/signals";
import { Lines } from "../bench/lines";
import { Question } from "../job/ask";
import { Facts, Heading, Item, Jobs } from "../job/prompt";
import { photoRefused, photosOf, photosWaiting, sendPhotos } from "../job/photos";
import type { Session } from "../job/session";
import { Work } from "../job/work";
import { Icon } from "../look/icons";
import { say } from "../words";
import "../look/bench.css";
import "../look/returns.css";

// The returns bench: the unit in the hand and the one question about it, large enough to be answered without stepping
// back; beside it, what was announced and how much of it is judged.

function Prompt({ s }: { s: Session }) {
  const n = s.next.value;
  const lines = n.show.lines ?? [];
  return (
    <div class={`bench-grid ${lines.length > 0 ? "with-lines" : ""}`}>
      <div class="do">
        <Heading n={n} />
        <Item show={n.show} title={n.title} />
        <Photos s={s} />
        {n.ask && <Question s={s} ask={n.ask} />}
        <Facts n={n} />
        <Jobs s={s} />
      </div>
      {lines.length > 0 && (
        <div class="announced">
          <Lines lines={lines} now={n.show.item?.sku} />
        </div>
      )}
    </div>
  );
}

// Photos says how many there are of the unit in the hand, and what has become of those that were taken out of reach.
function Photos({ s }: { s: Session }) {
  useSignalEffect(() => {
    if (s.live.value) void sendPhotos(s);
  });
  const { job, show } = s.next.value;
  const of = `/returns/${encodeURIComponent(job?.id ?? "")}/photos?unit=${show.unit ?? ""}`;
  const there = show.unit ? Math.max(show.photos ?? 0, photosOf.value[of] ?? 0) : 0;
  const waiting = photosWaiting.value;
  if (there + waiting === 0 && !photoRefused.value) return null;
  return (
    <div class="photos" role="status">
      {there > 0 && (
        <p data-testid="photos" data-count={there}>
          <Icon name="camera" /> {say("photos.count", { count: there })}
        </p>
      )}
      {waiting > 0 && (
        <p class="waits" data-testid="photos-waiting" data-count={waiting}>
          {say("photos.waiting", { count: waiting })}
        </p>
      )}
      {photoRefused.value && (
        <p class="refused" role="alert" data-testid="photos-refused">
          {say("photos.refused", { why: photoRefused.value })}
          <button type="button" onClick={() => (photoRefused.value = "")}>
            {say("photos.seen")}
          </button>
        </p>
      )}
    </div>
  );
}

export const Returns = () => <Work station="returns" Prompt={Prompt} />;
