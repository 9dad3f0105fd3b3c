import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";

/**
 * The key that signs the sandbox's tokens, as a private JWK kept in `directory`: a token that a browser still holds
 * stays valid when the sandbox starts again.
 */
export async function signingKey(directory: string): Promise<JWK> {
  const file = join(directory, "signing-key.json");
  try {
    return JSON.parse(await readFile(file, "utf8")) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" && !(error instanceof SyntaxError)) throw error;
  }
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  const key = { ...jwk, alg: "RS256", use: "sig", kid: await calculateJwkThumbprint(jwk) };
  await writeFile(file, JSON.stringify(key), { mode: 0o600 });
  return key;
}

/** The public half of a private RSA JWK. */
export function publicKey(key: JWK): JWK {
  const { kty, n, e, alg, use, kid } = key;
  return { kty, n, e, alg, use, kid } as JWK;
}
