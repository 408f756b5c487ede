//===- tape.h - Values that a forward sweep keeps for the reverse sweep ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The record that generated derivatives write when the number of values to keep
// is not known beforehand: a stack of bytes in chunks. It knows nothing of
// operations or derivatives; those are in the generated text.
//
// Chunks stay allocated between calls, so that a derivative that is called
// again does not allocate. Values never move, and never straddle two chunks.
//
// A reverse sweep runs a function backwards, and on the way it puts back into
// memory the values that the primal has overwritten. After the call, memory
// must hold what the primal leaves there. So each value put back by rewind() is
// remembered in a second stack, the redo log, which the end of the scope
// replays. In the same way, a deallocation by the primal waits until the end of
// the scope, as the reverse sweep still reads that memory.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TAPE_H
#define RETROGRAD_TAPE_H

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>

namespace retrograd {

namespace detail {

[[noreturn]] inline void throw_bad_alloc() {
#ifdef __cpp_exceptions
  throw std::bad_alloc();
#else
  std::abort();
#endif
}

/// Size in bytes of an array; throws std::bad_alloc if no size can hold it.
template <class T> inline std::size_t array_bytes(std::size_t n) {
  if (n > static_cast<std::size_t>(PTRDIFF_MAX) / sizeof(T))
    throw_bad_alloc();
  return n * sizeof(T);
}

/// A stack of bytes in chunks that are kept until release_spare() or the
/// destructor. Pushing and popping are a comparison and a move of one pointer;
/// everything else is out of line.
class byte_stack {
  struct chunk {
    chunk *previous;
    chunk *next;
    std::size_t capacity;
    /// Bytes in use, while a later chunk is the current one.
    std::size_t used;

    unsigned char *data() {
      return reinterpret_cast<unsigned char *>(this + 1);
    }
  };

public:
  /// A place to come back to. The same content has one position only: it is in
  /// the last chunk that holds something, or in none if the stack is empty.
  struct position {
    chunk *where = nullptr;
    unsigned char *top = nullptr;

    bool operator==(const position &other) const {
      return where == other.where && top == other.top;
    }
    bool operator!=(const position &other) const { return !(*this == other); }
  };

  constexpr byte_stack() noexcept = default;
  byte_stack(const byte_stack &) = delete;
  byte_stack &operator=(const byte_stack &) = delete;
  ~byte_stack() { free_chunks(first_); }

  /// Makes room for so many contiguous bytes on the top. False if memory is
  /// exhausted; nothing has changed then.
  bool make_room(std::size_t bytes) noexcept {
    return static_cast<std::size_t>(end_ - top_) >= bytes || next_chunk(bytes);
  }

  /// As make_room, but throws std::bad_alloc.
  void require_room(std::size_t bytes) {
    if (!make_room(bytes))
      throw_bad_alloc();
  }

  /// The rest requires that make_room has been called.
  void push(const void *source, std::size_t bytes) noexcept {
    std::memcpy(top_, source, bytes);
    top_ += bytes;
  }

  unsigned char *top() noexcept { return top_; }
  void advance(std::size_t bytes) noexcept { top_ += bytes; }

  /// Takes so many bytes, pushed together, off the top and returns where they
  /// are; they stay there until the next push.
  const unsigned char *pop(std::size_t bytes) noexcept {
    if (top_ == begin_)
      previous_chunk();
    assert(static_cast<std::size_t>(top_ - begin_) >= bytes &&
           "pops do not mirror pushes");
    return top_ -= bytes;
  }

  /// Takes off what is above a position, from the top down, in blocks that lie
  /// in one chunk each. `keep` gets each block before it goes.
  template <class F> void take_off(const position &to, F keep) {
    while (mark() != to) {
      if (top_ == begin_)
        previous_chunk();
      unsigned char *floor = current_ == to.where ? to.top : begin_;
      keep(floor, static_cast<std::size_t>(top_ - floor));
      top_ = floor;
    }
  }

  position mark() const noexcept {
    if (top_ != begin_)
      return {current_, top_};
    chunk *c = current_ ? current_->previous : nullptr;
    while (c && c->used == 0)
      c = c->previous;
    return c ? position{c, c->data() + c->used} : position();
  }

  void reset(const position &to) noexcept {
    if (to.where)
      enter(to.where, static_cast<std::size_t>(to.top - to.where->data()));
    else if (first_)
      enter(first_, 0);
  }

  std::size_t bytes() const noexcept {
    std::size_t sum = static_cast<std::size_t>(top_ - begin_);
    if (current_)
      for (chunk *c = current_->previous; c; c = c->previous)
        sum += c->used;
    return sum;
  }

  std::size_t peak() const noexcept { return peak_; }

  /// Frees the chunks that hold nothing.
  void release_spare() noexcept {
    if (mark() == position()) {
      free_chunks(first_);
      first_ = current_ = nullptr;
      begin_ = top_ = end_ = nullptr;
      return;
    }
    free_chunks(current_->next);
    current_->next = nullptr;
  }

private:
  static constexpr std::size_t smallest_chunk = std::size_t(64) << 10;
  static constexpr std::size_t largest_growth = std::size_t(4) << 20;

  void enter(chunk *c, std::size_t used) noexcept {
    current_ = c;
    begin_ = c->data();
    end_ = begin_ + c->capacity;
    top_ = begin_ + used;
  }

  /// Goes to a chunk with enough room: the spare one that follows, or a new one
  /// put in between.
  [[gnu::noinline, gnu::cold]]
  bool next_chunk(std::size_t bytes) noexcept {
    chunk *next = current_ ? current_->next : first_;
    if (!next || next->capacity < bytes) {
      next = allocate(bytes, next);
      if (!next)
        return false;
    }
    if (current_)
      current_->used = static_cast<std::size_t>(top_ - begin_);
    enter(next, 0);
    return true;
  }

  /// Allocates a chunk between the current one and the one that follows it.
  chunk *allocate(std::size_t bytes, chunk *following) noexcept {
    std::size_t capacity = smallest_chunk;
    if (current_)
      capacity = current_->capacity < largest_growth / 2
                     ? current_->capacity * 2
                     : largest_growth;
    if (capacity < bytes)
      capacity = bytes;
    if (capacity > static_cast<std::size_t>(PTRDIFF_MAX) - sizeof(chunk))
      return nullptr;
    void *memory = std::malloc(sizeof(chunk) + capacity);
    if (!memory)
      return nullptr;
    chunk *c = ::new (memory) chunk{current_, following, capacity, 0};
    (current_ ? current_->next : first_) = c;
    if (following)
      following->previous = c;
    held_ += capacity;
    if (held_ > peak_)
      peak_ = held_;
    return c;
  }

  /// Goes back to the last chunk that holds something. There is one, unless the
  /// generated code pops more than it has pushed; nothing that it would compute
  /// from there on would be right.
  [[gnu::noinline, gnu::cold]]
  void previous_chunk() noexcept {
    while (top_ == begin_) {
      if (!current_ || !current_->previous)
        std::abort();
      enter(current_->previous, current_->previous->used);
    }
  }

  void free_chunks(chunk *c) noexcept {
    while (c) {
      chunk *next = c->next;
      held_ -= c->capacity;
      std::free(c);
      c = next;
    }
  }

  unsigned char *top_ = nullptr;
  unsigned char *end_ = nullptr;
  unsigned char *begin_ = nullptr;
  chunk *current_ = nullptr;
  chunk *first_ = nullptr;
  std::size_t held_ = 0;
  std::size_t peak_ = 0;
};

} // namespace detail

/// A last-in-first-out record of trivially copyable values. One thread uses one
/// tape: local() is the calling thread's own.
class tape {
public:
  class scope;
  using position = detail::byte_stack::position;

  constexpr tape() noexcept = default;
  tape(const tape &) = delete;
  tape &operator=(const tape &) = delete;

  static tape &local() noexcept {
    static thread_local tape instance;
    return instance;
  }

  template <class T> void push(const T &value) {
    check_type<T>();
    values_.require_room(sizeof(T));
    values_.push(&value, sizeof(T));
  }

  template <class T> T pop() noexcept {
    check_type<T>();
    T value;
    std::memcpy(static_cast<void *>(&value), values_.pop(sizeof(T)), sizeof(T));
    return value;
  }

  /// Keeps a block of n values; pop_array takes back the whole block.
  template <class T> void push_array(const T *p, std::size_t n) {
    check_type<T>();
    if (n == 0)
      return;
    std::size_t bytes = detail::array_bytes<T>(n);
    values_.require_room(bytes);
    values_.push(p, bytes);
  }

  template <class T> void pop_array(T *p, std::size_t n) noexcept {
    check_type<T>();
    if (n != 0)
      std::memcpy(static_cast<void *>(p), values_.pop(n * sizeof(T)),
                  n * sizeof(T));
  }

  /// An array of zeros that stays where it is until release<T>(n), which comes
  /// in order with pushes and pops: what is pushed after reserve() is popped
  /// before release(). Below the array is the padding that aligns it, above it
  /// the padding's size.
  template <class T> T *reserve(std::size_t n) {
    check_type<T>();
    std::size_t bytes = detail::array_bytes<T>(n);
    constexpr std::size_t overhead = reserved_bytes<T>(0);
    if (bytes > static_cast<std::size_t>(PTRDIFF_MAX) - overhead)
      detail::throw_bad_alloc();
    values_.require_room(bytes + overhead);
    std::size_t padding =
        -reinterpret_cast<std::uintptr_t>(values_.top()) & (alignof(T) - 1);
    values_.advance(padding);
    void *array = std::memset(values_.top(), 0, bytes);
    values_.advance(bytes);
    values_.push(&padding, sizeof(padding));
    return static_cast<T *>(array);
  }

  template <class T> void release(std::size_t n) noexcept {
    std::size_t padding;
    std::memcpy(&padding, values_.pop(sizeof(padding)), sizeof(padding));
    if (n * sizeof(T) + padding != 0)
      values_.pop(n * sizeof(T) + padding);
  }

  /// The most bytes that reserve<T>(n) takes.
  template <class T>
  static constexpr std::size_t reserved_bytes(std::size_t n) noexcept {
    return n * sizeof(T) + alignof(T) - 1 + sizeof(std::size_t);
  }

  /// The bytes that rewind() takes for a value of this type.
  template <class T> static constexpr std::size_t rewound_bytes() noexcept {
    return sizeof(T) + sizeof(redo_entry);
  }

  /// Puts a value back into a place whose present value the end of the scope
  /// gives back. The place must outlive the scope: memory that the primal
  /// writes through a parameter, say, not a local of a derivative.
  template <class T> void rewind(T &place, const T &value) {
    check_type<T>();
    redo_entry entry{&place, sizeof(T)};
    redo_.require_room(sizeof(T) + sizeof(entry));
    redo_.push(&place, sizeof(T));
    redo_.push(&entry, sizeof(entry));
    place = value;
  }

  /// Calls a function at the end of the scope: a deallocation that the primal
  /// has asked for. The last one deferred is the first one called. If there is
  /// no memory left to remember it in, it is called at once, since the
  /// exception then thrown ends the derivative.
  template <class F> void defer(F deallocate) {
    static_assert(std::is_trivially_copyable<F>::value,
                  "a deferred function is kept as bytes");
    void (*run)(detail::byte_stack &) = &run_deferred<F>;
    if (!deferred_.make_room(sizeof(F) + sizeof(run))) {
      deallocate();
      detail::throw_bad_alloc();
    }
    deferred_.push(&deallocate, sizeof(F));
    deferred_.push(&run, sizeof(run));
  }

  void defer_free(void *p) {
    defer([p]() { std::free(p); });
  }
  template <class T> void defer_delete(T *p) {
    defer([p]() { delete p; });
  }
  template <class T> void defer_delete_array(T *p) {
    defer([p]() { delete[] p; });
  }

  /// Where the record ends now.
  position mark() const noexcept { return values_.mark(); }

  /// Drops what has been recorded since.
  void forget(const position &since) noexcept { values_.reset(since); }

  /// Takes off what has been recorded since, from the last to the first: keep()
  /// gets the address and size of each block. Pushed again as arrays of bytes,
  /// in the opposite order, the blocks are the same record.
  template <class F> void take_off(const position &since, F keep) {
    values_.take_off(since, keep);
  }

  /// Nothing is recorded, logged or deferred.
  bool empty() const noexcept {
    return values_.bytes() + redo_.bytes() + deferred_.bytes() == 0;
  }

  /// Bytes in use now, the redo log included.
  std::size_t bytes() const noexcept {
    return values_.bytes() + redo_.bytes() + deferred_.bytes();
  }

  /// The most memory that the tape has ever held, in whole chunks.
  std::size_t peak_bytes() const noexcept {
    return values_.peak() + redo_.peak() + deferred_.peak();
  }

  /// Gives back to the system the memory that is kept for the next call.
  void release_memory() noexcept {
    values_.release_spare();
    redo_.release_spare();
    deferred_.release_spare();
  }

private:
  struct redo_entry {
    void *place;
    std::size_t bytes;
  };

  template <class T> static constexpr void check_type() {
    static_assert(std::is_trivially_copyable<T>::value &&
                      !std::is_const<T>::value,
                  "the tape holds values as bytes");
  }

  template <class F> static void run_deferred(detail::byte_stack &stack) {
    alignas(F) unsigned char bytes[sizeof(F)];
    std::memcpy(bytes, stack.pop(sizeof(F)), sizeof(F));
    (*std::launder(reinterpret_cast<F *>(bytes)))();
  }

  void replay(const detail::byte_stack::position &from) noexcept {
    while (redo_.mark() != from) {
      redo_entry entry;
      std::memcpy(&entry, redo_.pop(sizeof(entry)), sizeof(entry));
      std::memcpy(entry.place, redo_.pop(entry.bytes), entry.bytes);
    }
  }

  void deallocate(const detail::byte_stack::position &from) noexcept {
    while (deferred_.mark() != from) {
      void (*run)(detail::byte_stack &);
      std::memcpy(&run, deferred_.pop(sizeof(run)), sizeof(run));
      run(deferred_);
    }
  }

  detail::byte_stack values_;
  detail::byte_stack redo_;
  detail::byte_stack deferred_;
};

/// What one call of a derivative records. Its end, by whatever way the call
/// ends, an exception included, gives memory the values that the primal has
/// left there, performs the deferred deallocations, and forgets what is still
/// recorded. Scopes nest: a primal may call code that calls a derivative of its
/// own.
class tape::scope {
public:
  explicit scope(tape &t) noexcept
      : tape_(t), values_(t.values_.mark()), redo_(t.redo_.mark()),
        deferred_(t.deferred_.mark()) {}
  scope(const scope &) = delete;
  scope &operator=(const scope &) = delete;

  ~scope() {
    tape_.replay(redo_);
    tape_.deallocate(deferred_);
    tape_.values_.reset(values_);
  }

private:
  tape &tape_;
  detail::byte_stack::position values_;
  detail::byte_stack::position redo_;
  detail::byte_stack::position deferred_;
};

} // namespace retrograd

#endif // RETROGRAD_TAPE_H
