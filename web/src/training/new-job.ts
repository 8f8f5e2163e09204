/** <ep-new-job>: the form of a training job: a model, a file, and as much more as one wants to say. */
import { css, html, nothing, type TemplateResult } from "lit";
import { routerContext } from "../app/context.ts";
import { listModels, type ModelInfo } from "../chat/completions.ts";
import { pageStyles } from "../pages/page-styles.ts";
import { Shared } from "../ui/consumer.ts";
import { EpElement, sharedStyles } from "../ui/element.ts";
import { Loaded, Work } from "../ui/loaded.ts";
import { createJob, listFiles, type TrainingFile } from "./api.ts";
import { FORMATS } from "./formats.ts";
import { type JobForm, jobBody, PYTHON_GRADER } from "./job-body.ts";
import { METHOD_WORDS } from "./words.ts";

const METHOD_OF = { sft: "supervised", dpo: "dpo", grpo: "reinforcement" } as const;
/** Documents are for models that begin from nothing. */
const trainable = (file: TrainingFile): file is TrainingFile & { format: keyof typeof METHOD_OF } =>
  file.format in METHOD_OF;

/** See the file's comment. `file`, `model`: which are chosen at first. */
export class EpNewJob extends EpElement {
  static override properties = { file: {}, model: {} };
  declare file: string;
  declare model: string;
  readonly #router = new Shared(this, routerContext);
  readonly #work = new Work(this, (sentence) => {
    this.#trouble = sentence;
  });
  readonly #models = new Loaded<readonly ModelInfo[]>(this, listModels);
  readonly #files = new Loaded<readonly TrainingFile[]>(this, listFiles);
  #trouble = "";

  static override styles = [
    sharedStyles,
    pageStyles,
    css`
      form.stack {
        max-width: 560px;
      }
      form.stack label.line {
        display: flex;
        color: var(--text);
        font-size: 13px;
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
        gap: 10px;
      }
      textarea {
        min-height: 84px;
        padding: 6px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--text);
        font: 12px/1.5 var(--mono);
        resize: vertical;
      }
      summary {
        cursor: pointer;
        margin-bottom: 8px;
      }
      details > .inner {
        display: grid;
        gap: 10px;
      }
    `,
  ];

  constructor() {
    super();
    this.file = "";
    this.model = "";
  }

  override render(): TemplateResult {
    const [models, files] = [this.#models.value, this.#files.value?.filter(trainable)];
    const trouble = this.#models.trouble || this.#files.trouble;
    if (trouble !== "") return html`<p role="alert">${trouble}</p>`;
    if (!models || !files) return html`<p role="status" class="quiet">Asking the node.</p>`;
    if (files.length === 0 || models.length === 0) return this.#missing(models.length === 0);
    const chosen = files.find(({ id }) => id === this.file) ?? files[0];
    const method = chosen && METHOD_OF[chosen.format];
    return html`
      <p><a href="/models">Training</a></p>
      <h1>Train a model</h1>
      <form class="stack" @submit=${(event: SubmitEvent) => void this.#submit(event)}>
        <label>
          Model to begin from
          <select class="field" name="model" required>
            ${
              // A checkpoint is in no list.
              this.model === "" || models.some(({ id }) => id === this.model)
                ? nothing
                : html`<option value=${this.model} selected>${this.model}</option>`
            }
            ${models.map(({ id }) => html`<option value=${id} ?selected=${id === this.model}>${id}</option>`)}
          </select>
        </label>
        <label>
          File to train on
          <select
            class="field"
            name="training_file"
            required
            @change=${(event: Event) => {
              this.file = (event.target as HTMLSelectElement).value;
            }}
          >
            ${files.map(
              (one) =>
                html`<option value=${one.id} ?selected=${one === chosen}>
                  ${one.filename}: ${one.lines.toLocaleString()} lines, ${FORMATS[one.format].words}
                </option>`,
            )}
          </select>
        </label>
        <p class="hint" role="status">${method ? `It is trained by ${METHOD_WORDS[method]}: the file's format says so.` : nothing}</p>
        <input type="hidden" name="method" .value=${method ?? "supervised"} />
        <label>
          What to call it (not required)
          <input class="field" name="suffix" maxlength="64" pattern="[A-Za-z0-9_.\\-]*" title="Letters, digits, dots and dashes" />
        </label>
        ${method === "reinforcement" ? this.#grader() : nothing}
        <div class="pair">
          ${this.#number("Epochs", "n_epochs", { min: 1, step: 1 })}
          ${this.#number("Most steps", "max_steps", { min: 1, step: 1 })}
          ${this.#number("Batch size", "batch_size", { min: 1, step: 1 })}
          ${this.#number("Learning rate", "learning_rate", { min: 0, step: "any" })}
        </div>
        <label class="line"><input type="checkbox" name="lora" /> LoRA: train a small adapter, not the whole model</label>
        <details>
          <summary>More</summary>
          <div class="inner">
            <div class="pair">
              ${this.#number("GPUs", "num_gpus", { min: 0, step: 1 })}
              ${this.#number("GiB of one shared GPU", "gpu_memory_gb", { min: 0.1, step: "any" }, "all of it")}
              ${this.#number("Seed", "seed", { min: 0, step: 1 })}
              ${this.#number("Priority, -2 to 2", "priority", { min: -2, max: 2, step: 1 })}
            </div>
            <div class="pair">
              ${this.#number("Workers of the Ray cluster", "ray_workers", { min: 1, step: 1 }, "none")}
              <label class="line"><input type="checkbox" name="ray_gpu" checked /> A GPU for each of them</label>
            </div>
            <label>
              File to validate on
              <select class="field" name="validation_file">
                <option value="">none</option>
                ${files
                  .filter(({ format }) => format === chosen?.format)
                  .map(({ id, filename }) => html`<option value=${id}>${filename}</option>`)}
              </select>
            </label>
            <label>
              Further hyperparameters, as JSON, by TRL's names
              <textarea name="further" spellcheck="false" placeholder='{"weight_decay": 0.01, "lr_scheduler_type": "cosine"}'></textarea>
            </label>
          </div>
        </details>
        ${this.#trouble === "" ? nothing : html`<p class="bad" role="alert">${this.#trouble}</p>`}
        <button class="button primary" ?disabled=${this.#work.busy}>Train</button>
      </form>
    `;
  }

  #missing(models: boolean): TemplateResult {
    return html`<h1>Train a model</h1>
      <div class="empty">
        <p>
          ${
            models
              ? "No model lies on this node to begin from. Put a folder that transformers loads into the models folder of the node's home."
              : html`There is no file to train on yet. <a href="/data">Upload one</a>: a line for each example.`
          }
        </p>
      </div>`;
  }

  #grader(): TemplateResult {
    return html`<label>
      Grader: a Python function that gives each answer its reward
      <textarea name="grader" rows="5" spellcheck="false" required .value=${PYTHON_GRADER}></textarea>
    </label>`;
  }

  #number(
    words: string,
    name: string,
    limits: { min?: number; max?: number; step: number | "any" },
    empty = "auto",
  ): TemplateResult {
    return html`<label>
      ${words}
      <input
        class="field"
        type="number"
        name=${name}
        placeholder=${empty}
        min=${limits.min ?? nothing}
        max=${limits.max ?? nothing}
        step=${limits.step}
      />
    </label>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as unknown as JobForm;
    this.#trouble = "";
    await this.#work.run(async () => {
      const { id } = await createJob(jobBody(form));
      this.#router.value.go({ page: "job", job: id });
    });
  }
}
customElements.define("ep-new-job", EpNewJob);
