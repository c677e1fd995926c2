// A provider of identity for the journeys: two clients, whose information is plain or signed.
import * as oidc from "oidc-provider";
import { generateKeyPairSync } from "node:crypto";

const [port, back, home] = process.argv.slice(2);
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwk = { ...privateKey.export({ format: "jwk" }), use: "sig", kid: "k1", alg: "RS256" };
const client = (id, more) => ({
  client_id: id,
  client_secret: "un-secret-pour-les-essais-seulement",
  redirect_uris: [back],
  post_logout_redirect_uris: [home],
  ...more,
});
const Provider = oidc.Provider || oidc.default;
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client("plain"), client("signed", { userinfo_signed_response_alg: "RS256" })],
  jwks: { keys: [jwk] },
  cookies: { keys: ["a key for the tests"] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: true },
    jwtUserinfo: { enabled: true },
    userinfo: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  async findAccount(_context, id) {
    const email = `${id}@exemple.fr`;
    return { accountId: id, claims: async () => ({ sub: id, email, email_verified: true }) };
  },
});
provider.listen(Number(port), "127.0.0.1");
