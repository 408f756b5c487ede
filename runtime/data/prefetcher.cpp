//===- prefetcher.cpp - Batches made ahead of use -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One mutex guards everything; it is taken twice a batch by a worker and once
// by the reader, and a batch takes microseconds at least. Batch b has slot b
// modulo the number of slots, and may be filled when the reader is done with
// batch b - slots: that bounds the memory.
//
//===----------------------------------------------------------------------===//

#include <condition_variable>
#include <exception>
#include <mutex>
#include <retrograd/data/prefetcher.h>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace retrograd::detail {

struct prefetcher::state {
  struct slot {
    bool full = false;
    std::exception_ptr failure;
  };

  explicit state(std::size_t slots) : slots(slots) {}
  ~state();

  void work();
  bool can_claim() const {
    return claimed < batches && claimed < released + slots.size();
  }
  /// Whether it is worth waking a thread: for a batch of microseconds, the
  /// wake-up is what takes the time. A reader that has to wait wakes them
  /// anyway.
  bool many_free() const {
    return released + slots.size() - claimed >= (slots.size() + 1) / 2;
  }

  std::mutex mutex;
  std::condition_variable work_to_do, slot_filled, all_idle;
  std::function<void(std::uint64_t, std::size_t)> fill;
  std::vector<slot> slots;
  std::uint64_t batches = 0; ///< Of this pass.
  std::uint64_t claimed = 0; ///< Those before it have been given to workers.
  std::uint64_t taken = 0;   ///< Those before it have been given to the reader.
  std::uint64_t released = 0; ///< The reader is done with those before it.
  std::size_t busy = 0;       ///< Workers in fill().
  bool stop = false;
  std::vector<std::thread> threads;
};

prefetcher::state::~state() {
  {
    const std::lock_guard lock(mutex);
    stop = true;
  }
  work_to_do.notify_all();
  for (std::thread &thread : threads)
    thread.join();
}

void prefetcher::state::work() {
  std::unique_lock lock(mutex);
  for (;;) {
    work_to_do.wait(lock, [&] { return stop || can_claim(); });
    if (stop)
      return;
    const std::uint64_t batch = claimed++;
    const std::size_t index = batch % slots.size();
    ++busy;
    lock.unlock();
    std::exception_ptr failure;
    try {
      fill(batch, index);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    slots[index] = {true, std::move(failure)};
    if (--busy == 0)
      all_idle.notify_all();
    slot_filled.notify_one();
  }
}

prefetcher::prefetcher(std::size_t workers, std::size_t slots) {
  if (workers == 0)
    throw std::invalid_argument(
        "prefetch: workers is 0; it must be at least 1");
  if (slots < 2)
    throw std::invalid_argument(
        "prefetch: batches_ahead is 0; it must be at least 1");
  state_ = std::make_unique<state>(slots);
  for (std::size_t i = 0; i < workers; ++i)
    state_->threads.emplace_back([s = state_.get()] { s->work(); });
}

prefetcher::~prefetcher() = default;

void prefetcher::cancel() {
  std::unique_lock lock(state_->mutex);
  state_->batches = 0;
  state_->all_idle.wait(lock, [&] { return state_->busy == 0; });
  for (state::slot &slot : state_->slots)
    slot = {};
  state_->claimed = state_->taken = state_->released = 0;
}

void prefetcher::start(std::uint64_t batches,
                       std::function<void(std::uint64_t, std::size_t)> fill) {
  cancel();
  {
    const std::lock_guard lock(state_->mutex);
    state_->fill = std::move(fill);
    state_->batches = batches;
  }
  state_->work_to_do.notify_all();
}

std::optional<std::size_t> prefetcher::next() {
  std::unique_lock lock(state_->mutex);
  if (state_->released < state_->taken) {
    ++state_->released;
    if (state_->many_free())
      state_->work_to_do.notify_all();
  }
  if (state_->taken == state_->batches)
    return std::nullopt;
  const std::size_t index = state_->taken % state_->slots.size();
  state::slot &slot = state_->slots[index];
  if (!slot.full) {
    state_->work_to_do.notify_all();
    state_->slot_filled.wait(lock, [&] { return slot.full; });
  }
  slot.full = false;
  ++state_->taken;
  if (slot.failure) {
    const std::exception_ptr failure = std::exchange(slot.failure, nullptr);
    lock.unlock();
    cancel();
    std::rethrow_exception(failure);
  }
  return index;
}

} // namespace retrograd::detail
