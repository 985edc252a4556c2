import type { Agenda } from './lane.ts';
import type { HostPlan } from './scenario.ts';
import { SimulatedDownlink } from './simulated-downlink.ts';
import { SimulatedUplink } from './simulated-uplink.ts';

/** A host's own link to the network; faults change it. */
export class SimulatedAccess {
  readonly uplink: SimulatedUplink;
  readonly downlink: SimulatedDownlink;
  /** To the middle of the network. */
  latencyMs: number;
  /** Of packets, from 0 to 1. */
  lossRate: number;

  constructor(agenda: Agenda, plan: HostPlan) {
    this.uplink = new SimulatedUplink(agenda, plan.uplinkBytesPerSecond);
    this.downlink = new SimulatedDownlink(agenda, plan.downlinkBytesPerSecond);
    this.latencyMs = plan.latencyMs;
    this.lossRate = plan.lossRate;
  }
}
