import { Icon } from "../look/icons";
import { say } from "../words";
import { hasCamera } from "./camera-eye";
import { cameraOpen, turnCamera } from "./camera-open";
import type { Session } from "./session";
import { sheet } from "./sheets";

// Who works here and how the link is. Green means on the floor's disk, amber means saved here and waiting;
// a dashed rim means on its way to this device's disk.

export function TopBar({ s }: { s: Session }) {
  const { job, show, actions } = s.next.value;
  const signedIn = job !== null || actions.includes("signout");
  const worker = show.worker ?? (signedIn ? s.worker.value?.name : undefined);
  return (
    <header class="topbar">
      <span class="who" data-testid="worker">
        {worker ?? s.device.value?.name ?? ""}
      </span>
      {job && job.total > 0 && (
        <span class="job-count" data-testid="job">
          <span class="job-id">{job.id}</span> {job.done}/{job.total}
        </span>
      )}
      <LinkState s={s} />
      {hasCamera() && (
        <button type="button" class="bare" aria-label={say("camera.title")} aria-pressed={cameraOpen.value} data-testid="camera-turn" onClick={turnCamera}>
          <Icon name="camera" />
        </button>
      )}
      <button type="button" class="bare" aria-label={say("sheet.typed")} data-testid="type" onClick={() => (sheet.value = "typed")}>
        <Icon name="keyboard" />
      </button>
      <button type="button" class="bare" aria-label={say("menu.open")} data-testid="menu" onClick={() => (sheet.value = "menu")}>
        <Icon name="menu" />
      </button>
      {job && job.total > 0 && <progress class="job-progress" aria-label={say("job.progress")} max={job.total} value={job.done} />}
    </header>
  );
}

function LinkState({ s }: { s: Session }) {
  const amber = s.amber.value;
  const kept = s.kept.value;
  const state = s.state.value;
  return (
    <span class={`link ${amber > 0 ? "waiting" : state}`} data-testid="link" data-state={state} role="status">
      <span class="dot" />
      <span class="link-word">{say(`link.${state}`)}</span>
      <span
        class={`amber ${kept < amber ? "saving" : ""}`}
        data-testid="amber"
        data-count={amber}
        data-saved={kept}
        hidden={amber === 0}
        aria-label={say("link.waiting", { count: amber })}
      >
        {amber}
      </span>
    </span>
  );
}
