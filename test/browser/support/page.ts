import type { Browser, BrowserContext, Page, Request } from 'playwright-core';

export interface PageOptions {
  /** Origin of the service: requests to any other are refused and count as a problem. */
  url: string;
  /** Other origins that may be asked, such as an identity provider's. */
  alsoAllowed?: readonly string[];
  /** Pixels; 1440 when absent. */
  width?: number;
  /** Pixels; 900 when absent. */
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** On unless `false`. */
  javaScript?: boolean;
}

/** One person's browser window, watched: what goes wrong in it beside the test's own expectations is collected. */
export interface Window {
  page: Page;
  context: BrowserContext;
  /**
   * What went wrong so far: errors in the console, violations of the content security policy, exceptions, and requests to other
   * hosts. Reading it does not empty it.
   */
  problems: string[];
  /** Closes the window. @throws Error when there were problems, so that no test passes over them. */
  close(): Promise<void>;
}

/** Opens a window with cookies of its own. The pages' content security policy holds in it. */
export async function openWindow(browser: Browser, options: PageOptions): Promise<Window> {
  const { url, width = 1440, height = 900, colorScheme = 'light', javaScript = true } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme,
    javaScriptEnabled: javaScript,
    locale: 'en-US',
    timezoneId: 'America/New_York',
    ...(width < 500 && { isMobile: true, hasTouch: true }),
  });
  const problems: string[] = [];
  await refuseOtherHosts(context, [url, ...(options.alsoAllowed ?? [])], problems);
  context.on('page', (page) => watch(page, url, problems));
  const page = await context.newPage();
  return {
    page,
    context,
    problems,
    async close() {
      await context.close();
      if (problems.length > 0) throw new Error(`The browser reported:\n${problems.join('\n')}`);
    },
  };
}

/** Nothing is loaded from elsewhere: no font, no script, no image that tells a third party who reads what. */
async function refuseOtherHosts(context: BrowserContext, allowed: string[], problems: string[]): Promise<void> {
  const origins = allowed.map((url) => new URL(url).origin);
  await context.route(
    (url) => /^https?:$/.test(url.protocol) && !origins.includes(url.origin),
    (route) => {
      const { url } = whoAsked(route.request());
      // What the pages of others load is theirs to answer for; it is refused all the same.
      if (!origins.slice(1).includes(url))
        problems.push(`request to another host: ${route.request().method()} ${route.request().url()}`);
      return route.abort();
    },
  );
}

/** The origin of the page from which something is asked for. */
function whoAsked(request: Request): { url: string } {
  const at = request.isNavigationRequest() ? '' : request.frame().url();
  return { url: URL.canParse(at) ? new URL(at).origin : '' };
}

function watch(page: Page, own: string, problems: string[]): void {
  page.on('console', (message) => {
    if (!page.url().startsWith(own)) return;
    if (message.type() !== 'error' && !/Content.Security.Policy/i.test(message.text())) return;
    if (isAnswerShown(message.text(), message.location().url, page)) return;
    problems.push(`console at ${message.location().url}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`exception at ${page.url()}: ${error.message}`));
}

/** Chromium writes an error when a page itself is answered with 4xx, such as a form with its errors; that is an answer. */
function isAnswerShown(text: string, at: string, page: Page): boolean {
  return /^Failed to load resource: the server responded with a status of 4\d\d/.test(text) && at === page.url();
}
