import { expect, it } from "vitest";
import { type JobForm, jobBody } from "./job-body.ts";

const form: JobForm = { model: "tiny", training_file: "file-1", method: "supervised" };

it("asks for workers of a Ray cluster where a number of them is said", () => {
  expect(jobBody({ ...form, ray_workers: "4", ray_gpu: "on" }).ray).toEqual({
    num_workers: 4,
    use_gpu: true,
  });
  expect(jobBody({ ...form, ray_workers: "2" }).ray).toEqual({ num_workers: 2, use_gpu: false });
  expect(jobBody({ ...form, ray_workers: "", ray_gpu: "on" })).not.toHaveProperty("ray");
});

it("leaves to the node what is left empty", () => {
  expect(jobBody({ ...form, suffix: "", max_steps: " ", further: "" })).toEqual({
    model: "tiny",
    training_file: "file-1",
    method: { type: "supervised", supervised: { hyperparameters: {} } },
  });
});

it("says what was said, where OpenAI's API has it", () => {
  const body = jobBody({
    ...{
      ...form,
      method: "dpo",
      suffix: "mine",
      validation_file: "file-2",
      seed: "7",
      num_gpus: "0",
      gpu_memory_gb: "1.5",
    },
    ...{ learning_rate: "1e-4", n_epochs: "3", lora: "on", further: '{"beta": 0.2}' },
  });
  expect(body).toEqual({
    ...{
      model: "tiny",
      training_file: "file-1",
      validation_file: "file-2",
      suffix: "mine",
      seed: 7,
      num_gpus: 0,
      gpu_memory_gb: 1.5,
    },
    method: {
      type: "dpo",
      dpo: { hyperparameters: { learning_rate: 1e-4, n_epochs: 3, lora: true, beta: 0.2 } },
    },
  });
});

it("gives a grader where answers are graded", () => {
  expect(
    jobBody({ ...form, method: "reinforcement", grader: "def grade(sample, item): return 1" }),
  ).toMatchObject({
    method: { reinforcement: { grader: { type: "python", source: "def grade(sample, item): return 1" } } },
  });
});

it("refuses further hyperparameters that are none", () => {
  expect(() => jobBody({ ...form, further: "{" })).toThrow("no JSON");
  expect(() => jobBody({ ...form, further: "[1]" })).toThrow("object");
});
