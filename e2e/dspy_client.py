"""What a person does with DSPy 3.0.4 or 2.6.27 and its ArborProvider: `dspy_client.py BASE_URL_WITH_KEY MODEL`. Prints JSON at the end.

A model learns DSPy's format by SFT, and goes on from there by GRPO; one that is named by its path has learnt the format before. GRPO
runs as DSPy has it. The provider's `finetune` does not in 3.0.4 (it imports a module that is none, and leaves out arguments that its
own functions want), so that its steps are called here one by one, with what they want: what they send is their own.
"""

import json
import random
import sys
import types

import dspy
import openai
from dspy.clients.lm_local_arbor import ArborProvider
from dspy.clients.utils_finetune import save_data
from dspy.teleprompt.grpo import GRPO

base, model = sys.argv[1:]
told = {}
adapter = dspy.ChatAdapter()
questions = [f"What is {n}?" for n in range(4)]


class Say(dspy.Signature):
    """Say it."""

    question: str = dspy.InputField()
    answer: str = dspy.OutputField()


def fine_tune() -> str:
    """SFT. Gives the model that came of it."""
    ArborProvider._get_arbor_base_api = staticmethod(lambda: base)
    # OpenAI's module wants one; the address proves who asks.
    openai.api_key = "none"
    outputs = [{"answer": digit} for digit in "0123456789"]
    data = [
        adapter.format_finetune_data(signature=Say, inputs={"question": question}, outputs=output, demos=[])
        for question in questions
        for output in outputs
    ]
    nothing: dict = {}
    job = types.SimpleNamespace(status=lambda: ArborProvider.get_training_status(job.provider_job_id, nothing))
    file = ArborProvider.upload_data(save_data(data), nothing)
    job.provider_job_id = ArborProvider._start_remote_training(
        file, model, {"max_steps": 120, "batch_size": 4, "learning_rate": 0.01, "save_steps": 120, "max_length": 1024}
    )
    known = ArborProvider.does_job_exist
    ArborProvider.does_job_exist = staticmethod(lambda id, _kwargs: known(id, nothing))
    ArborProvider.wait_for_job(job, nothing, poll_frequency=0.5)
    told["status"] = job.status().value
    return ArborProvider.get_trained_model(job, nothing)


def reinforce(start: str) -> None:
    """GRPO by DSPy's own optimizer."""
    lm = dspy.LM(
        ArborProvider._add_provider_prefix(start),
        provider=ArborProvider(),
        api_base=base,
        api_key="none",
        # Low, so that most answers have the format, and not all are the same.
        temperature=0.6,
        max_tokens=64,
        cache=False,
        num_retries=0,
    )
    lm.launch({})
    dspy.configure(lm=lm, adapter=adapter)
    student = dspy.Predict(Say)
    student.set_lm(lm)
    examples = [dspy.Example(question=question).with_inputs("question") for question in questions]
    rewards = random.Random(1)
    compiler = GRPO(
        metric=lambda example, prediction, trace=None: rewards.random(),
        multitask=True,
        num_dspy_examples_per_grpo_step=2,
        num_rollouts_per_grpo_step=4,
        exclude_demos=True,
        num_train_steps=3,
        num_threads=4,
        num_steps_for_val=10,
        adapter=adapter,
        train_kwargs={
            **{"per_device_train_batch_size": 4, "learning_rate": 1e-3, "gradient_checkpointing": False},
            # 2.6 reads it without a default of its own.
            **({"update_interval": 2} if dspy.__version__.startswith("2.") else {}),
        },
    )
    compiled = compiler.compile(student=student, trainset=examples, valset=examples[:1])
    told["learnt"] = compiled.get_lm().model
    # The model that came of it answers, by DSPy's own way.
    told["said"] = len(lm(messages=[{"role": "user", "content": questions[0]}]))
    lm.kill()


told["tuned"] = model if model.startswith("/") else fine_tune()
reinforce(told["tuned"])
print(json.dumps(told))
