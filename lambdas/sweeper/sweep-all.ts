/** Does all sweeps, each whatever becomes of the others. Rejects once all ended when one failed. */
export function sweepAll(sweeps: readonly (() => Promise<void>)[]): () => Promise<void> {
  return async () => {
    const results = await Promise.allSettled(sweeps.map((sweep) => sweep()));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
}
