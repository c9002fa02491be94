import { LivePage } from './live-page';
import type { PageData } from './page-data';

const text = document.getElementById('data')?.textContent;
if (text) new LivePage(JSON.parse(text) as PageData).start();

// What a browser kept of the page knows an old state of things and an old token.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});
