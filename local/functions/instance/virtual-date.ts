import type { InstanceData } from './instance-data';

/** Replaces Date by one that lives in the run's virtual time. Timers stay real. */
export function installVirtualDate({ startedAt, scale }: InstanceData['clock']): void {
  if (scale === 1) return;
  const RealDate = Date;
  const now = () => Math.floor(startedAt + (RealDate.now() - startedAt) * scale);
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, parameters, newTarget) =>
      Reflect.construct(target, parameters.length ? parameters : [now()], newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, property) => (property === 'now' ? now : Reflect.get(target, property)),
  });
  globalThis.Date = VirtualDate;
}
