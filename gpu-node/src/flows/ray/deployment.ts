/** How many replicas a service has, and what each holds: one entry of `deployments`, by the names of Ray Serve's application configuration. */
import * as v from "valibot";

const Seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(24 * 3600));
const Replicas = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));
const Requests = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
const Amount = v.pipe(v.number(), v.minValue(0), v.maxValue(100_000));

const Autoscaling = v.strictObject({
  min_replicas: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
  initial_replicas: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
  max_replicas: v.optional(Replicas),
  target_ongoing_requests: v.optional(v.pipe(v.number(), v.gtValue(0))),
  upscale_delay_s: v.optional(Seconds),
  downscale_delay_s: v.optional(Seconds),
  metrics_interval_s: v.optional(v.pipe(Seconds, v.gtValue(0))),
  look_back_period_s: v.optional(v.pipe(Seconds, v.gtValue(0))),
});

/** Of a replica. Forms are answered without a GPU: runs ask for those. */
const Held = v.strictObject({
  num_cpus: v.optional(Amount),
  memory: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  resources: v.optional(v.record(v.string(), Amount)),
});

export const Deployment = v.pipe(
  v.strictObject({
    name: v.optional(v.string()),
    num_replicas: v.optional(v.union([Replicas, v.literal("auto")])),
    autoscaling_config: v.optional(Autoscaling),
    max_ongoing_requests: v.optional(Requests),
    max_queued_requests: v.optional(v.union([v.literal(-1), Requests])),
    graceful_shutdown_wait_loop_s: v.optional(Seconds),
    graceful_shutdown_timeout_s: v.optional(Seconds),
    health_check_period_s: v.optional(v.pipe(Seconds, v.gtValue(0))),
    health_check_timeout_s: v.optional(v.pipe(Seconds, v.gtValue(0))),
    ray_actor_options: v.optional(Held),
  }),
  v.check(
    ({ num_replicas, autoscaling_config }) => typeof num_replicas !== "number" || !autoscaling_config,
    "has a num_replicas and an autoscaling_config, of which one can be",
  ),
  v.check(({ autoscaling_config: scale }) => {
    const { min_replicas: least = 1, max_replicas: most = 1, initial_replicas: first = least } = scale ?? {};
    return least <= first && first <= most;
  }, "has no order of min_replicas, initial_replicas and max_replicas"),
  // Its name is Serve's own matter.
  v.transform(({ name: _, ...options }) => options),
);
/** As Ray Serve takes it. */
export type Deployment = v.InferOutput<typeof Deployment>;

/** A service is one application with one deployment. */
export const Deployments = v.pipe(
  v.array(Deployment),
  v.maxLength(1, "has one entry: a service is one application with one deployment"),
);
