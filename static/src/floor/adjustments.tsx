import { useState } from "preact/hooks";
import { post } from "../api";
import { Faults, field } from "../doors/form";
import { count, when } from "../words";
import { Dialog, Text } from "./dialog";
import { LimitsDialog, type Limits } from "./limits";
import { usePath } from "./live";
import { nameOf } from "./names";
import { Panel } from "./now";
import { once } from "./once";
import { Pill, Table } from "./table";

// Changes of the books that one person does not make alone: what waits for a second, and what became of the last ones.

interface Asked {
  id: string;
  status: string;
  bin: string;
  sku: string;
  name: string;
  qty: number;
  lot?: string;
  reason: string;
  worth_cents: number;
  asked_by: string;
  asked_at: string;
  judged_by?: string;
  judged_at?: string;
  why?: string;
}

interface List {
  rule: Limits;
  asked: Asked[];
  judged: Asked[];
}

const signed = (n: number): string => `${n > 0 ? "+" : ""}${count(n)}`;

// Adjustments shows them; brief is only what waits, beside whatever the page is of.
export function Adjustments({ brief }: { brief: boolean }) {
  const { data, again } = usePath<List>("/stock/adjustments");
  const [failed, setFailed] = useState<Error | null>(null);
  const [ruling, setRuling] = useState(false);
  const [refusing, setRefusing] = useState("");
  if (!data) return null;
  const judge = (id: string, verb: string, why = "") =>
    post(`/stock/adjustments/${encodeURIComponent(id)}/judge`, { verb, why }).then(() => setFailed(null), setFailed).then(again);
  const limit = [data.rule.limit_units && `${count(data.rule.limit_units)} units`, data.rule.limit_cents && `a worth of ${(data.rule.limit_cents / 100).toFixed(2)}`].filter(Boolean);
  return (
    <>
      {failed && <Faults fault={failed} />}
      {data.asked.length > 0 && (
        <Panel title="Wait for a second person" wide>
          <Table
            label="Adjustments that wait"
            live={{ data: data.asked, fault: null }}
            id={(a) => a.id}
            row={(a) => ({ "data-testid": `asked-${a.id}` })}
            empty=""
            columns={[
              { head: "Item", cell: (a) => <><span class="code">{a.sku}</span> {a.name}</> },
              { head: "Bin", cell: (a) => <span class="code">{a.bin}</span> },
              { head: "Lot", cell: (a) => a.lot },
              { head: "Units", cell: (a) => <b>{signed(a.qty)}</b>, number: true },
              { head: "Worth", cell: (a) => (a.worth_cents > 0 ? (a.worth_cents / 100).toFixed(2) : ""), number: true },
              { head: "Why", cell: (a) => a.reason },
              { head: "Asked by", cell: (a) => `${nameOf(a.asked_by)}, ${when(a.asked_at)}` },
              {
                head: "",
                cell: (a) => (
                  <span class="row">
                    <button type="button" class="primary" data-testid={`approve-${a.id}`} onClick={once(() => void judge(a.id, "approve"))}>
                      Allow
                    </button>
                    <button type="button" data-testid={`refuse-${a.id}`} onClick={() => setRefusing(a.id)}>
                      Refuse
                    </button>
                  </span>
                ),
              },
            ]}
          />
        </Panel>
      )}
      {!brief && (
        <p class="quiet" data-testid="adjust-rule">
          {limit.length > 0 ? `One person adjusts up to ${limit.join(" or ")} alone; more waits for another.` : "One person adjusts as much as they like."}{" "}
          <button type="button" class="bare" data-testid="adjusting" onClick={() => setRuling(true)}>
            Change
          </button>
        </p>
      )}
      {!brief && data.judged.length > 0 && (
        <details>
          <summary>Adjustments that a second person looked at</summary>
          <Table
            label="Judged adjustments"
            live={{ data: data.judged, fault: null }}
            id={(a) => a.id}
            row={(a) => ({ "data-testid": `judged-${a.id}`, "data-status": a.status })}
            empty=""
            columns={[
              { head: "Item", cell: (a) => <span class="code">{a.sku}</span> },
              { head: "Bin", cell: (a) => <span class="code">{a.bin}</span> },
              { head: "Units", cell: (a) => signed(a.qty), number: true },
              { head: "Why", cell: (a) => a.reason },
              { head: "Asked by", cell: (a) => nameOf(a.asked_by) },
              { head: "", cell: (a) => <Pill status={a.status} /> },
              { head: "By", cell: (a) => `${nameOf(a.judged_by)}, ${when(a.judged_at)}${a.why ? `: ${a.why}` : ""}` },
            ]}
          />
        </details>
      )}
      {ruling && (
        <LimitsDialog
          title="What one person adjusts alone"
          of="/stock/adjustments/rule"
          units="At most so many units; 0: any number"
          worth="At most a worth of; 0: any"
          rule={data.rule}
          onClose={() => setRuling(false)}
          again={again}
        />
      )}
      {refusing && (
        <Dialog title={`Refuse ${refusing}`} send="Refuse" onClose={() => setRefusing("")} onSend={async (d) => void (await judge(refusing, "refuse", field(d, "why")))}>
          <Text name="why" label="Why?" required />
        </Dialog>
      )}
    </>
  );
}
