import { urlEncode } from '../../../../local/api-gateway/vtl/url-encode';

test.each([
  ['a b', 'a+b'],
  ['+', '%2B'],
  ['&TopicArn=x', '%26TopicArn%3Dx'],
  ['100 %', '100+%25'],
  ["O'Brien!", 'O%27Brien%21'],
  ['.-*_', '.-*_'],
  ['~()', '%7E%28%29'],
  ['\r\n', '%0D%0A'],
  ['ü', '%C3%BC'],
  ['😀', '%F0%9F%98%80'],
  ['half \ud83d', 'half+%3F'],
  ['', ''],
])('encodes %j as java.net.URLEncoder does', (text, encoded) => {
  expect(urlEncode(text)).toBe(encoded);
});
