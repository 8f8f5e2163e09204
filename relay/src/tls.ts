/** The relay's certificate: given as files, or made once and kept. */
import { createHash, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

/** Paths of PEM files, and the certificate's SHA-256 in hexadecimal. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly fingerprint: string;
}

const LIFETIME_DAYS = 825;

/**
 * The certificate to serve. A self-signed one is kept in `folder`, so that nodes can pin it, and made anew when it has
 * run out.
 * @throws Error with a sentence when a file cannot be read.
 */
export async function certificateFor(
  wanted: "self-signed" | { readonly cert: string; readonly key: string },
  folder: string,
  host: string,
): Promise<Certificate> {
  if (wanted !== "self-signed") {
    for (const file of [wanted.cert, wanted.key]) {
      if (!existsSync(file)) throw new Error(`The TLS file ${file} does not exist.`);
    }
    return { ...wanted, fingerprint: fingerprintOf(readFileSync(wanted.cert, "utf8")) };
  }
  const cert = join(folder, "tls-cert.pem");
  const key = join(folder, "tls-key.pem");
  const fresh =
    existsSync(cert) &&
    existsSync(key) &&
    Date.parse(new X509Certificate(readFileSync(cert)).validTo) > Date.now();
  if (!fresh) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = await generate([{ name: "commonName", value: "Eyepiece" }], {
      algorithm: "sha256",
      keyType: "ec",
      notAfterDate: new Date(Date.now() + LIFETIME_DAYS * 86_400_000),
      extensions: [{ name: "subjectAltName", altNames: namesOf(host) }],
    });
    writeFileSync(key, made.private, { mode: 0o600 });
    writeFileSync(cert, made.cert);
  }
  return { cert, key, fingerprint: fingerprintOf(readFileSync(cert, "utf8")) };
}

function fingerprintOf(pem: string): string {
  return createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");
}

/** Names under which this machine may be reached. */
function namesOf(host: string): ({ type: 2; value: string } | { type: 7; ip: string })[] {
  const addresses = new Set(["127.0.0.1", "::1"]);
  for (const list of Object.values(networkInterfaces())) {
    for (const { address, scopeid } of list ?? []) if (!scopeid) addresses.add(address);
  }
  const names = new Set(["localhost", hostname()]);
  if (/^[\d.]+$|:/.test(host)) addresses.add(host);
  else names.add(host);
  return [
    ...[...names].map((value) => ({ type: 2 as const, value })),
    ...[...addresses].filter((ip) => ip !== "0.0.0.0" && ip !== "::").map((ip) => ({ type: 7 as const, ip })),
  ];
}
