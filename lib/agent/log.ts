import { pino } from "pino";

/** The agent's log: JSON lines on standard output. Fields that could hold a secret are blanked, wherever they stand. */
export const log = pino({
  name: "agent",
  level: process.env.GW_LOG_LEVEL ?? "info",
  redact: {
    paths: [
      "password",
      "*.password",
      "secret",
      "*.secret",
      "authorization",
      "*.authorization",
      "accessToken",
      "*.accessToken",
    ],
    censor: "[secret]",
  },
});
export type Log = typeof log;
