import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import { icons } from "./icons.ts";

const server = process.env.FLOORLINE_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    // Nothing is inlined as a data: address, so that `default-src 'self'` holds everywhere.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 200,
  },
  worker: { format: "es" },
  server: { fs: { allow: ["..", "../floor/words"] }, proxy: { "/api": { target: server, ws: true }, "/healthz": server, "/readyz": server } },
  plugins: [
    icons(),
    VitePWA({
      // A new version waits until the device is between two jobs: src/update.ts decides when.
      registerType: "prompt",
      injectRegister: null,
      manifest: {
        name: "Floorline",
        short_name: "Floorline",
        description: "The warehouse floor, by scans",
        display: "standalone",
        id: "/",
        start_url: "/",
        scope: "/",
        categories: ["business", "productivity"],
        background_color: "#0f1720",
        theme_color: "#0f1720",
        icons: [
          { src: "/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
          { src: "/icon-maskable-192.png", sizes: "192x192", type: "image/png", purpose: "maskable" },
          { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
          { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
        ],
      },
      workbox: {
        globPatterns: ["**/*.{js,css,html,svg,png,wasm}"],
        navigateFallback: "/index.html",
        navigateFallbackDenylist: [/^\/api\//, /^\/(healthz|readyz|metrics|trust|ca\.|floorline\.)/],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
      },
    }),
  ],
  test: { include: ["tests/unit/**/*.test.{ts,tsx}"], environment: "happy-dom" },
});
