// What the programs of this folder share: where the browser comes back to, the browser, and the report to the test.

export const REDIRECT_URI = 'http://127.0.0.1:4180/callback';

/** Follows the redirects of a login, up to the redirect URI. */
export async function visit(url) {
  for (let redirects = 0; redirects < 20; redirects += 1) {
    const page = await fetch(url, { redirect: 'manual' });
    const location = page.headers.get('location');
    if (location === null) throw new Error(`${url} leads nowhere (${page.status}): ${await page.text()}`);
    url = new URL(location, url);
    if (url.href.startsWith(REDIRECT_URI)) return url;
  }
  throw new Error(`${url} leads round in circles`);
}

/** The JSON of an answer that has to be a success. */
export async function read(answer) {
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${body}`);
  return JSON.parse(body);
}

/** Tells the test what came of it. */
export function report(outcome) {
  console.log(JSON.stringify(outcome));
}
