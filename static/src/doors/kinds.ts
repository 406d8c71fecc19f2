// The kinds of device, and the screen each works at.

export const KINDS = ["handheld", "bench", "dock", "returns", "supervisor"] as const;

const screens: Record<string, string> = { handheld: "/handheld", bench: "/bench", dock: "/dock", returns: "/bench", supervisor: "/floor" };

export const screenOf = (kind: string): string => screens[kind] ?? "/handheld";
