/** Trust in a relay's certificate that no authority has signed. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { connect, type PeerCertificate } from "node:tls";

/** `ca`: a PEM file of certificates to trust. `fingerprint`: the SHA-256 of the one certificate to accept. */
export type TlsTrust = { readonly ca: string } | { readonly fingerprint: string };

/** Options of a TLS connection that accepts what is trusted and nothing else. */
export interface TlsOptions {
  readonly ca?: string;
  readonly checkServerIdentity?: () => undefined;
}

const TIMEOUT_MS = 10_000;

/**
 * TLS options for `url`. For a fingerprint the certificate is fetched first, on a connection that carries nothing, and
 * is then the only one that the real connection accepts: so no secret is sent before the check.
 * @throws Error with a sentence when the certificate is another.
 */
export async function trusted(url: string, trust: TlsTrust): Promise<TlsOptions> {
  if ("ca" in trust) return { ca: await readFile(trust.ca, "utf8") };
  const raw = await fetchCertificate(new URL(url));
  const wanted = trust.fingerprint.replaceAll(":", "").toLowerCase();
  const found = createHash("sha256").update(raw).digest("hex");
  if (found !== wanted) throw new Error(`the relay's certificate is ${found}, not the pinned ${wanted}`);
  const body = raw.toString("base64").replace(/.{64}/g, "$&\n");
  const ca = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  // The certificate itself is pinned; under which name the relay is reached says no more.
  return { ca, checkServerIdentity: () => undefined };
}

function fetchCertificate(url: URL): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const servername = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
    const socket = connect({ host, port: Number(url.port || 443), rejectUnauthorized: false, ...servername });
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error("the relay does not answer")));
    socket.once("error", reject);
    socket.once("secureConnect", () => {
      const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
      socket.destroy();
      if (certificate.raw) resolve(certificate.raw);
      else reject(new Error("the relay shows no certificate"));
    });
  });
}
