// Other sites to sign in with, for the tests: an OpenID Connect provider (oidc-provider), and what GitHub and Facebook answer.
// node oidc.mjs MODULES SHOP: prints its address when it listens. POST /who says who is at the keyboard.
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const [modules, shop] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(`${modules}/oidc-provider/lib/index.js`).href);
const people = new Map();
const codes = new Map();
let who = null;

const server = createServer((request, response) => answer(request, response).catch((error) => {
  console.error(error);
  response.writeHead(500).end();
}));
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const address = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(address, {
  clients: [{
    client_id: "barrow",
    client_secret: "a secret between the two of them",
    redirect_uris: [1, 2, 3].map((id) => `${shop}/account/sign-in/return/${id}`),
    grant_types: ["authorization_code"],
    response_types: ["code"],
  }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: process.env.IN_USERINFO === "yes",
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
  pkce: { required: () => true, methods: ["S256"] },
});

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

function json(response, value) {
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

// The code for a token, once; GitHub says no with 200.
async function token(request, response) {
  const sent = new URLSearchParams(await body(request));
  const known = codes.get(sent.get("code"));
  codes.delete(sent.get("code"));
  if (!known || !sent.get("code_verifier") || sent.get("client_secret") !== "hush") return json(response, { error: "bad_verification_code" });
  return json(response, { access_token: known, token_type: "bearer" });
}

function consent(url, response) {
  const code = `code-${codes.size}-${Math.random()}`;
  codes.set(code, who.sub);
  const back = new URL(url.searchParams.get("redirect_uri"));
  back.searchParams.set("code", code);
  back.searchParams.set("state", url.searchParams.get("state"));
  response.writeHead(302, { Location: back.href }).end();
}

async function answer(request, response) {
  const url = new URL(request.url, address);
  const person = people.get((request.headers.authorization ?? "").replace("Bearer ", ""));
  switch (true) {
    case url.pathname === "/who":
      who = JSON.parse(await body(request));
      people.set(who.sub, who);
      return response.writeHead(204).end();
    case url.pathname.startsWith("/interaction/"):
      return provider.interactionFinished(request, response, { login: { accountId: who.sub } }, { mergeWithLastSubmission: false });
    case url.pathname === "/github/login/oauth/authorize":
    case url.pathname === "/facebook/v23.0/dialog/oauth":
      return consent(url, response);
    case url.pathname === "/github/login/oauth/access_token":
    case url.pathname === "/facebook/v23.0/oauth/access_token":
      return token(request, response);
    case url.pathname === "/github/api/v3/user":
      return json(response, { id: Number(person.sub), name: person.name });
    case url.pathname === "/github/api/v3/user/emails":
      return json(response, [{ email: "old@example.org", primary: false, verified: true }, { email: person.email, primary: true, verified: person.email_verified }]);
    case url.pathname === "/facebook/v23.0/me":
      return json(response, { id: person.sub, name: person.name, email: person.email });
    default:
      return provider.callback()(request, response);
  }
}

console.log(address);
