/**
 * Headers of every answer, static files included; a page's Content-Security-Policy is made in proxy.ts.
 * Cross-Origin-Opener-Policy does not disturb the sign-in, which is a redirect and opens no window.
 */
const always = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  {
    key: "Permissions-Policy",
    value: "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  },
];

/** The web app itself speaks http; a reverse proxy that speaks https for it says so. */
const overHttps = [{ key: "Strict-Transport-Security", value: "max-age=31536000" }];

/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // No image optimizer: the pages have none to optimize, and it would be one more address to guard.
  images: { unoptimized: true },
  headers: async () => [
    { source: "/:path*", headers: always },
    {
      source: "/:path*",
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: overHttps,
    },
  ],
};
