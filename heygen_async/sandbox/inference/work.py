"""Has the apps of tasks begin: at once, or when their time or a slot has come."""

import logging
from typing import Any, Final

import msgspec

from heygen_async.sandbox import jobs
from heygen_async.sandbox.context import Context
from heygen_async.sandbox.inference import apps, shown
from heygen_async.sandbox.inference.course import FORMER, end_of
from heygen_async.sandbox.inference.house import AppError, BusyError, House, UnaffordableError
from heygen_async.sandbox.inference.records import Task
from heygen_async.sandbox.refusal import Refusal

logger: Final = logging.getLogger(__name__)

EVENT: Final = "inference.task"
"""Kind of the event of a task's end; ``webhook:inference.task`` is the path of its faults."""


async def accept(ctx: Context, task: Task) -> None:
    """Enters a new task, and has its app begin if nothing speaks against it.

    Raises:
        Refusal: 402, when the account cannot pay and such a run leaves no task.
    """
    tasks = ctx.world.inference
    tasks.tasks[task.id] = task
    if task.start > ctx.clock.now():
        _put_off(ctx, task, task.start)
        return
    try:
        await begin(ctx, task)
    except UnaffordableError as lack:
        if not ctx.settings.rejects:
            del tasks.tasks[task.id]
            raise _unpaid(ctx, lack.price) from None
        _reject(ctx, task, lack)
    except BaseException:
        tasks.tasks.pop(task.id, None)
        raise


async def catch_up(ctx: Context) -> bool:
    """Begins what has waited long enough, in order.

    Returns:
        Whether anything waits still.
    """
    while (task := _due(ctx)) is not None:
        ctx.world.inference.waiting.remove(task.id)
        try:
            await begin(ctx, task)
        except UnaffordableError as lack:
            _reject(ctx, task, lack)
        except Exception:
            logger.exception("the app of task %s stumbled", task.id)
            _fail(ctx, task, "Internal error")
        except BaseException:
            _put_off(ctx, task, task.start)
            raise
    return bool(ctx.world.inference.waiting)


def _due(ctx: Context) -> Task | None:
    kept, now = ctx.world.inference, ctx.clock.now()
    waiting = (kept.tasks[task_id] for task_id in kept.waiting)
    due = [task for task in waiting if task.start <= now]
    return min(due, key=lambda task: task.start, default=None)


async def begin(ctx: Context, task: Task) -> None:
    """Has an app ask HeyGen for its work, at the moment at which the task starts.

    Raises:
        UnaffordableError: The account cannot pay.
    """
    function = apps.find(task.app).functions[task.function]
    given = msgspec.convert(task.input, function.takes)
    house = House.of(ctx, task, moment=task.start, factor=function.factor(given))
    task.begun = True
    try:
        made = await function.run(house, given)
    except BusyError:
        _put_off(ctx, task, jobs.next_start(house))
        return
    except AppError as error:
        _fail(ctx, task, str(error))
        return
    except BaseException:
        task.begun = False
        raise
    task.done, task.output, task.error = made.done, made.output, made.error
    tell(ctx, task)


def _put_off(ctx: Context, task: Task, start: float) -> None:
    task.start, task.begun = start, False
    kept = ctx.world.inference
    # It may have been cancelled, or forgotten with all the rest, while its app was asking.
    if task.cancelled is None and kept.tasks.get(task.id) is task:
        kept.waiting.append(task.id)
        ctx.bell.set()


def _fail(ctx: Context, task: Task, error: str) -> None:
    task.done, task.error = task.start, error
    tell(ctx, task)


def _reject(ctx: Context, task: Task, lack: UnaffordableError) -> None:
    task.rejected = task.start
    task.error = f"Insufficient balance: ${lack.price:.4f} needed"
    tell(ctx, task)


def _unpaid(ctx: Context, price: float) -> Refusal:
    """What is said to a run that cannot be paid."""
    balance = ctx.world.balance
    if balance <= 0:
        meta: dict[str, Any] = {"billing_page": "https://app.inference.sh/billing"}
        return Refusal(402, "payment_method_required", "Add a payment method.", meta=meta)
    meta = {
        "resource": "balance",
        "resource_label": "Balance",
        "limit": round(balance, 4),
        "current": round(price, 4),
        "upgrade_available": False,
    }
    words = f"Insufficient balance: ${price:.4f} needed, ${balance:.4f} left."
    return Refusal(402, "limit_exceeded", words, meta=meta)


def tell(ctx: Context, task: Task) -> None:
    """Tells whoever wants to know how a task will have ended, at the time when it does."""
    ctx.withdraw(task.id)
    end = end_of(task)
    if task.webhook is None or end is None:
        return
    said = shown.webhook(task, end)
    if ctx.settings.former_numbers:
        said["status"] = FORMER.get(end.status, end.status)
    ctx.deliver(EVENT, task.id, said, at=end.at, callback_url=task.webhook, bare=True)


def cancel(ctx: Context, task: Task) -> None:
    """Cancels a task. What HeyGen has begun for it goes on, and stays paid."""
    task.cancelled = ctx.clock.now()
    if task.id in ctx.world.inference.waiting:
        ctx.world.inference.waiting.remove(task.id)
    tell(ctx, task)
