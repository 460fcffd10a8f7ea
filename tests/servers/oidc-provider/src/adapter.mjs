// Where oidc-provider keeps things: in memory. (Its own does, too, but drops what does not fit into 1,000 entries.)

const models = new Map();

/** By model; returns how many there were. */
export function forgetAll(kind) {
  const size = models.get(kind)?.size ?? 0;
  models.get(kind)?.clear();
  return { forgotten: size };
}

export class MemoryAdapter {
  constructor(model) {
    this.entries = new Map();
    models.set(model, this.entries);
  }

  async upsert(id, payload) {
    this.entries.set(id, payload);
  }

  async find(id) {
    return this.entries.get(id);
  }

  async findByUid(uid) {
    return this.first((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode) {
    return this.first((payload) => payload.userCode === userCode);
  }

  async consume(id) {
    this.entries.get(id).consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    this.entries.delete(id);
  }

  async revokeByGrantId(grantId) {
    for (const [id, payload] of this.entries) {
      if (payload.grantId === grantId) this.entries.delete(id);
    }
  }

  first(matches) {
    return [...this.entries.values()].find(matches);
  }

  ids() {
    return [...this.entries.keys()];
  }
}
