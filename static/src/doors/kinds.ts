import { me, openKeep, type Keep, type Me } from "../job/keep";

// The kinds of device, and the screen each works at.

export const STATIONS = ["handheld", "bench", "dock", "returns"] as const;
export const KINDS = [...STATIONS, "supervisor"] as const;

const screens: Record<string, string> = { handheld: "/handheld", bench: "/bench", dock: "/dock", returns: "/returns", supervisor: "/floor" };

// paired gives the devices this browser is, of the kinds asked for and in their order.
export async function paired(kinds: readonly string[] = KINDS): Promise<{ keep: Keep; self: Me }[]> {
  const found = [];
  for (const kind of kinds) {
    const keep = await openKeep(kind);
    const self = await me(keep);
    if (self) found.push({ keep, self });
    else keep.close();
  }
  return found;
}

export const screenOf = (kind: string): string => screens[kind] ?? "/handheld";
