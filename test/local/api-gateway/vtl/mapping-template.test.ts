import { createInput } from '../../../../local/api-gateway/vtl/input';
import { createMappingTemplate } from '../../../../local/api-gateway/vtl/mapping-template';

const PATHS = new Set(['requestId', 'status', 'identity.userAgent']);

function render(template: string, body: unknown = {}, context: object = { requestId: 'r-1' }): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const params = { path: {}, querystring: { q: 'v' }, header: { 'X-Name': 'n', get: 'no method' } };
  return createMappingTemplate(template, PATHS).render({
    input: createInput(text, params),
    context,
    stageVariables: { topic: 'arn' },
  });
}

test.each([
  ['plain text, 5 $ and #1', 'plain text, 5 $ and #1'],
  ['$context.requestId', 'r-1'],
  ['$!context.status|', '|'],
  ['$stageVariables.topic', 'arn'],
  ["$input.path('$.a.b')", 'c'],
  ["$input.path('$.list[1]')", '2'],
  ["$input.path('$.nothing')|", '|'],
  ["$input.json('$.a')", '{"b":"c"}'],
  ["$input.params('q')", 'v'],
  ["$input.params().header.get('X-Name')", 'n'],
  ["$!input.params().header.get('x-name')|", '|'],
  ['#set($x = 1)##\n#set($x = $x + 1)##\n$x', '2'],
  ['#foreach($k in $input.params().header.keySet())$k #end', 'X-Name get '],
  ['#if($context.requestId == "r-1")yes#{else}no#end', 'yes'],
  ['#if("$!context.status" == "")yes#{else}no#end', 'yes'],
  ['#if(!$context.status && $context.requestId)yes#end', 'yes'],
  ["#if($input.path('$.n') > 41)yes#end", 'yes'],
  ['a##\n&b## the end', 'a&b'],
  ['#* words\n of many lines *#x', 'x'],
  ['$util.escapeJavaScript("it\'s")', "it\\'s"],
])('%j renders as %j', (template, text) => {
  expect(render(template, { a: { b: 'c' }, list: [1, 2], n: 42 })).toBe(text);
});

test('what a person writes is never taken for a template', () => {
  const name = '$context.requestId #if(true) #set($x = 1) $!{x} #end';
  expect(render("$input.path('$.name')", { name })).toBe(name);
  expect(render('#set($x = "$input.path(\'$.name\')")$x', { name })).toBe(name);
});

test('a rendering leaves nothing behind for the next one', () => {
  const template = createMappingTemplate('#if("$!seen" == "")first#{else}again#end#set($seen = "x")', PATHS);
  const input = createInput('{}', { path: {}, querystring: {}, header: {} });
  const once = () => template.render({ input, context: {}, stageVariables: {} });
  expect([once(), once()]).toEqual(['first', 'first']);
});

test('a response template overrides status and headers', () => {
  const context = { requestId: 'r', responseOverride: { header: {} } };
  render('#set($context.responseOverride.status = 413)', '', context);
  render('#set($context.responseOverride.header.Retry-After = "5")', '', context);
  expect(context.responseOverride).toEqual({ status: 413, header: { 'Retry-After': '5' } });
});

test.each([
  ['an #if without #end', '#if($context.requestId)x', 'unclosed-block'],
  ['an #end too many', 'a #end b', 'unclosed-block'],
  ['an unknown directive', '#parse("x")', 'unsupported-directive'],
  ['a macro', '#macro(m)x#end', 'unsupported-directive'],
  ['#stop', 'a #stop b', 'unsupported-directive'],
  ['an escaped reference', '\\$context.requestId', 'unsupported-directive'],
  ['an unknown variable', '$nobody', 'unsupported-reference'],
  ['an unknown part of the context', '$context.identity.apiKey', 'unsupported-reference'],
  ['an unknown part of the input', '$input.foo', 'unsupported-reference'],
  ['an unknown function', '$util.parseJson($input.body)', 'unsupported-reference'],
  ['an unknown method', '$input.body.matches("x")', 'unsupported-method'],
  ['an unknown method inside a text', '"#set($x = "$input.body.matches()")"', 'unsupported-method'],
  ['a path with a wildcard', "$input.path('$..a')", 'unsupported-path'],
  ['an assignment to the context', '#set($context.requestId = "x")', 'unsupported-reference'],
])('refuses %s before the first request', (_, template, code) => {
  expect(() => createMappingTemplate(template, PATHS)).toThrow(expect.objectContaining({ code }));
});

test.each([
  ['a printed reference has no value', '$context.status', 'undefined-reference'],
  ['an object is printed', "$input.path('$.a')", 'undefined-reference'],
  ['an empty text is a condition', "#if($input.path('$.nothing'))x#end", 'unclear-condition'],
  ['a text is added', '#set($x = "a" + 1)', 'unclear-condition'],
  ['a value lacks the method', '#set($x = 1)$x.toLowerCase()', 'unsupported-method'],
])('fails when %s', (_, template, code) => {
  expect(() => render(template, { a: {} })).toThrow(expect.objectContaining({ code }));
});
