import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { captureOutput } from './captured-output';
import type { InstanceData, InstanceMessage, InvocationResult, InvokeMessage } from './instance-data';
import { installOutsideWorld } from './outside-world';
import { installVirtualDate } from './virtual-date';

type Handler = (event: unknown, context: object) => unknown;

const data = workerData as InstanceData;
const realNow = Date.now;
const say = (message: InstanceMessage) => parentPort?.postMessage(message);
const output = captureOutput((printed) => say({ printed }));
installVirtualDate(data.clock);
installOutsideWorld(data.origins);
const loading = loadHandler();
// An invocation reports it; without this the thread would end before one comes.
loading.catch(() => undefined);

parentPort?.on('message', (message: InvokeMessage) => {
  void invoke(message).then((result) => say({ result, printed: output.take() }));
});

async function loadHandler(): Promise<Handler> {
  const module = (await import(pathToFileURL(data.handlerFile).href)) as Record<string, unknown>;
  const handler =
    module[data.handlerName] ?? (module.default as Record<string, unknown> | undefined)?.[data.handlerName];
  if (typeof handler !== 'function') throw new Error(`${data.handlerName} is not exported`);
  return handler as Handler;
}

async function invoke({ requestId, event, deadline }: InvokeMessage): Promise<InvocationResult> {
  try {
    const handler = await loading;
    const returned = await handler(JSON.parse(event), contextOf(requestId, deadline));
    return { requestId, json: JSON.stringify(returned ?? null) };
  } catch (error) {
    const { name = 'Error', message = String(error) } = error instanceof Error ? error : {};
    console.error(
      JSON.stringify({
        errorType: name,
        errorMessage: message,
        stack: error instanceof Error ? error.stack?.split('\n') : [],
      }),
    );
    return { requestId, errorType: name };
  }
}

function contextOf(awsRequestId: string, deadline: number): object {
  return {
    awsRequestId,
    functionName: data.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.functionArn,
    memoryLimitInMB: String(data.memoryMb),
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - realNow()),
  };
}
