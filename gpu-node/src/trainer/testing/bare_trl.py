"""TRL by itself, as its documentation has it: what our losses are compared with. `bare_trl.py RUNS`; prints a list of losses for each."""

import json
import sys
import tempfile

from datasets import Dataset
from peft import LoraConfig
from transformers import AutoModelForCausalLM, AutoTokenizer, set_seed
from trl import DPOConfig, DPOTrainer, GRPOConfig, GRPOTrainer, SFTConfig, SFTTrainer


def length(completions, **_):
    return [float(len(one[-1]["content"]) % 3) for one in completions]


def run(of):
    with open(of["file"], encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    config, trainer, more = {
        "supervised": (SFTConfig, SFTTrainer, {}),
        "dpo": (DPOConfig, DPOTrainer, {}),
        "reinforcement": (GRPOConfig, GRPOTrainer, {"reward_funcs": length}),
    }[of["method"]]
    if of["method"] == "dpo":
        lines = [
            {"prompt": one["input"]["messages"], "chosen": one["preferred_output"], "rejected": one["non_preferred_output"]}
            for one in lines
        ]
    if of["method"] == "reinforcement":
        lines = [{"prompt": one["messages"]} for one in lines]
    set_seed(of["seed"])
    model = AutoModelForCausalLM.from_pretrained(of["model"], dtype="float32")
    if of["lora"]:
        more["peft_config"] = LoraConfig(
            task_type="CAUSAL_LM", r=16, lora_alpha=32, lora_dropout=0.0, target_modules="all-linear"
        )
    args = config(
        output_dir=tempfile.mkdtemp(),
        seed=of["seed"],
        logging_steps=1,
        report_to=[],
        use_cpu=True,
        bf16=False,
        save_strategy="no",
        **of["fields"],
    )
    tokenizer = AutoTokenizer.from_pretrained(of["model"])
    made = trainer(model=model, args=args, train_dataset=Dataset.from_list(lines), processing_class=tokenizer, **more)
    made.train()
    return [log["loss"] for log in made.state.log_history if "loss" in log]


print(json.dumps([run(of) for of in json.loads(sys.argv[1])]))
