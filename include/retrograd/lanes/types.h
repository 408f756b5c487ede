//===- types.h - One value for each of W samples --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// lanes<T, W> holds W values of type T, those of W samples, and computes with
// all of them at once; lane_mask<T, W> says for each of them whether something
// holds. Both are thin: a vector of the compiler's (clang and g++ have them
// alike) with C++'s operators. The compiler cuts a vector that is wider than
// the target's registers into several, so W is not bound to the target.
//
// Everything is inlined always. Thereby a function that is compiled for a newer
// instruction set than the rest of its file uses it for all that it calls.
//
// A product remembers its factors, so that `c + a * b` is one expression of the
// compiler's, which it contracts to a fused operation where, and only where, it
// contracts the same expression over scalars: see -ffp-contract.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_LANES_TYPES_H
#define RETROGRAD_LANES_TYPES_H

#include <cstdint>
#include <type_traits>

#define RETROGRAD_LANES_INLINE [[gnu::always_inline]] inline

// g++ warns that vectors wider than the target's registers are passed in
// memory. Nothing here is ever passed: all is inlined.
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wpsabi"
#endif

namespace retrograd {

template <class T, int W> struct lanes;
template <class T, int W> struct lane_mask;
template <class T, int W> struct lane_product;

/// The mask of a full tile: all lanes, known when the code is compiled.
struct all_lanes {
  RETROGRAD_LANES_INLINE constexpr bool operator[](int) const { return true; }
};

namespace detail {

template <class T, int W> struct vector_type {
  static_assert(W > 0 && (W & (W - 1)) == 0,
                "the number of lanes is a power of two");
  using type [[gnu::vector_size(W * sizeof(T))]] = T;
};
template <class T, int W> using vector_of = typename vector_type<T, W>::type;

template <int Bytes>
using integer_of = std::conditional_t<
    Bytes == 8, std::int64_t,
    std::conditional_t<
        Bytes == 4, std::int32_t,
        std::conditional_t<Bytes == 2, std::int16_t, std::int8_t>>>;
/// The integer that has as many bits as a T.
template <class T> using bits_of = integer_of<sizeof(T)>;

} // namespace detail

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

/// For each lane a bool, as wide as a T. Masks of other widths convert.
template <class T, int W> struct lane_mask {
  using vector = detail::vector_of<detail::bits_of<T>, W>;
  static constexpr int width = W;

  /// All ones where the lane is in the mask, else zero.
  vector bits;

  lane_mask() = default;
  RETROGRAD_LANES_INLINE lane_mask(bool all)
      : bits(vector{} - static_cast<detail::bits_of<T>>(all)) {}
  RETROGRAD_LANES_INLINE lane_mask(all_lanes) : lane_mask(true) {}
  RETROGRAD_LANES_INLINE explicit lane_mask(vector bits) : bits(bits) {}
  template <class U>
  RETROGRAD_LANES_INLINE lane_mask(lane_mask<U, W> other)
      : bits(__builtin_convertvector(other.bits, vector)) {}

  /// The lanes 0 to count - 1.
  RETROGRAD_LANES_INLINE static lane_mask first(int count) {
    vector bits;
    for (int lane = 0; lane < W; ++lane)
      bits[lane] = lane < count ? -1 : 0;
    return lane_mask(bits);
  }

  RETROGRAD_LANES_INLINE bool operator[](int lane) const {
    return bits[lane] != 0;
  }
  RETROGRAD_LANES_INLINE void set(int lane, bool value) {
    bits[lane] = value ? -1 : 0;
  }

  RETROGRAD_LANES_INLINE friend lane_mask operator!(lane_mask m) {
    return lane_mask(~m.bits);
  }
};

// A combination has the width of the left one. `&&` and `||` do not short cut:
// both sides are values already.
#define RETROGRAD_LANES_LOGICAL(SYMBOL, BITS)                                  \
  template <class T, class U, int W>                                           \
  RETROGRAD_LANES_INLINE lane_mask<T, W> operator SYMBOL(lane_mask<T, W> a,    \
                                                         lane_mask<U, W> b) {  \
    return lane_mask<T, W>(a.bits BITS lane_mask<T, W>(b).bits);               \
  }                                                                            \
  template <class T, int W>                                                    \
  RETROGRAD_LANES_INLINE lane_mask<T, W> operator SYMBOL(lane_mask<T, W> a,    \
                                                         bool b) {             \
    return lane_mask<T, W>(a.bits BITS lane_mask<T, W>(b).bits);               \
  }                                                                            \
  template <class T, int W>                                                    \
  RETROGRAD_LANES_INLINE lane_mask<T, W> operator SYMBOL(bool a,               \
                                                         lane_mask<T, W> b) {  \
    return lane_mask<T, W>(lane_mask<T, W>(a).bits BITS b.bits);               \
  }
RETROGRAD_LANES_LOGICAL(&, &)
RETROGRAD_LANES_LOGICAL(&&, &)
RETROGRAD_LANES_LOGICAL(|, |)
RETROGRAD_LANES_LOGICAL(||, |)
RETROGRAD_LANES_LOGICAL(^, ^)
RETROGRAD_LANES_LOGICAL(!=, ^)
#undef RETROGRAD_LANES_LOGICAL

template <class T, class U, int W>
RETROGRAD_LANES_INLINE lane_mask<T, W> operator==(lane_mask<T, W> a,
                                                  lane_mask<U, W> b) {
  return !(a != b);
}
template <class T, int W>
RETROGRAD_LANES_INLINE lane_mask<T, W> operator==(lane_mask<T, W> a, bool b) {
  return !(a != b);
}
template <class T, int W>
RETROGRAD_LANES_INLINE lane_mask<T, W> operator==(bool a, lane_mask<T, W> b) {
  return !(a != b);
}

template <class T, int W>
RETROGRAD_LANES_INLINE lane_mask<T, W> operator&(all_lanes, lane_mask<T, W> m) {
  return m;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// One T for each of W samples. A T converts to lanes that are all the same.
/// float, double, and the integers of 8 to 64 bits; bool has lane_mask.
template <class T, int W> struct lanes {
  using value_type = T;
  using vector = detail::vector_of<T, W>;
  using mask = lane_mask<T, W>;
  using product = lane_product<T, W>;
  static constexpr int width = W;
  static constexpr bool real = std::is_floating_point_v<T>;

  vector values;

  lanes() = default;
  // Minus zero stays what it is when a zero is subtracted from it.
  RETROGRAD_LANES_INLINE lanes(T all) : values(all - vector{}) {}
  RETROGRAD_LANES_INLINE explicit lanes(vector values) : values(values) {}
  template <class U>
  RETROGRAD_LANES_INLINE explicit lanes(lanes<U, W> other)
      : values(__builtin_convertvector(other.values, vector)) {}
  /// 1 where the mask holds, else 0, as a bool converts.
  template <class U>
  RETROGRAD_LANES_INLINE explicit lanes(lane_mask<U, W> other)
      : values(__builtin_convertvector(-mask(other).bits, vector)) {}

  RETROGRAD_LANES_INLINE T operator[](int lane) const { return values[lane]; }
  RETROGRAD_LANES_INLINE void set(int lane, T value) { values[lane] = value; }

  RETROGRAD_LANES_INLINE friend lanes operator-(lanes a) {
    return lanes(-a.values);
  }
  RETROGRAD_LANES_INLINE friend lanes operator+(lanes a, lanes b) {
    return lanes(a.values + b.values);
  }
  RETROGRAD_LANES_INLINE friend lanes operator-(lanes a, lanes b) {
    return lanes(a.values - b.values);
  }
  RETROGRAD_LANES_INLINE friend auto operator*(lanes a, lanes b) {
    if constexpr (real)
      return product(a, b);
    else
      return lanes(a.values * b.values);
  }
  /// Over integers, no lane of b is zero: see safe_divisor.
  RETROGRAD_LANES_INLINE friend lanes operator/(lanes a, lanes b) {
    return lanes(a.values / b.values);
  }
  RETROGRAD_LANES_INLINE friend lanes operator%(lanes a, lanes b) {
    return lanes(a.values % b.values);
  }
  RETROGRAD_LANES_INLINE friend lanes operator&(lanes a, lanes b) {
    return lanes(a.values & b.values);
  }
  RETROGRAD_LANES_INLINE friend lanes operator|(lanes a, lanes b) {
    return lanes(a.values | b.values);
  }
  RETROGRAD_LANES_INLINE friend lanes operator^(lanes a, lanes b) {
    return lanes(a.values ^ b.values);
  }
  RETROGRAD_LANES_INLINE friend lanes operator<<(lanes a, lanes b) {
    return lanes(a.values << b.values);
  }
  RETROGRAD_LANES_INLINE friend lanes operator>>(lanes a, lanes b) {
    return lanes(a.values >> b.values);
  }
  RETROGRAD_LANES_INLINE friend lanes operator~(lanes a) {
    return lanes(~a.values);
  }

  RETROGRAD_LANES_INLINE lanes &operator+=(lanes b) {
    return *this = *this + b;
  }
  RETROGRAD_LANES_INLINE lanes &operator-=(lanes b) {
    return *this = *this - b;
  }
  RETROGRAD_LANES_INLINE lanes &operator++() { return *this = *this + T(1); }
  RETROGRAD_LANES_INLINE lanes &operator--() { return *this = *this - T(1); }
  RETROGRAD_LANES_INLINE lanes &operator+=(product b) {
    return *this = *this + b;
  }
  RETROGRAD_LANES_INLINE lanes &operator-=(product b) {
    return *this = *this - b;
  }

  RETROGRAD_LANES_INLINE friend mask operator<(lanes a, lanes b) {
    return mask(typename mask::vector(a.values < b.values));
  }
  RETROGRAD_LANES_INLINE friend mask operator<=(lanes a, lanes b) {
    return mask(typename mask::vector(a.values <= b.values));
  }
  RETROGRAD_LANES_INLINE friend mask operator>(lanes a, lanes b) {
    return mask(typename mask::vector(a.values > b.values));
  }
  RETROGRAD_LANES_INLINE friend mask operator>=(lanes a, lanes b) {
    return mask(typename mask::vector(a.values >= b.values));
  }
  RETROGRAD_LANES_INLINE friend mask operator==(lanes a, lanes b) {
    return mask(typename mask::vector(a.values == b.values));
  }
  RETROGRAD_LANES_INLINE friend mask operator!=(lanes a, lanes b) {
    return mask(typename mask::vector(a.values != b.values));
  }
};

/// A product of reals that still has its factors. What does not add to it
/// takes it for the lanes that it is.
template <class T, int W> struct lane_product : lanes<T, W> {
  using sum = lanes<T, W>;
  sum a, b;

  RETROGRAD_LANES_INLINE lane_product(sum a, sum b)
      : sum(a.values * b.values), a(a), b(b) {}

  RETROGRAD_LANES_INLINE friend sum operator+(lane_product p, sum c) {
    return sum(p.a.values * p.b.values + c.values);
  }
  RETROGRAD_LANES_INLINE friend sum operator+(sum c, lane_product p) {
    return sum(c.values + p.a.values * p.b.values);
  }
  RETROGRAD_LANES_INLINE friend sum operator+(lane_product p, lane_product q) {
    return sum(p.a.values * p.b.values + q.values);
  }
  RETROGRAD_LANES_INLINE friend sum operator-(lane_product p, sum c) {
    return sum(p.a.values * p.b.values - c.values);
  }
  RETROGRAD_LANES_INLINE friend sum operator-(sum c, lane_product p) {
    return sum(c.values - p.a.values * p.b.values);
  }
  RETROGRAD_LANES_INLINE friend sum operator-(lane_product p, lane_product q) {
    return sum(p.a.values * p.b.values - q.values);
  }
};

//===----------------------------------------------------------------------===//
// Choices
//===----------------------------------------------------------------------===//

namespace detail {

template <class A> struct lanes_in {
  static constexpr bool value = false;
};
template <class T, int W> struct lanes_in<lanes<T, W>> {
  static constexpr bool value = true;
  using type = lanes<T, W>;
};
template <class T, int W> struct lanes_in<lane_product<T, W>> {
  static constexpr bool value = true;
  using type = lanes<T, W>;
};
template <class T, int W> struct lanes_in<lane_mask<T, W>> {
  static constexpr bool value = true;
  using type = lane_mask<T, W>;
};

/// The lanes type of A, or of B if A is a scalar.
template <class A, class B>
using either_lanes =
    typename std::conditional_t<lanes_in<A>::value, lanes_in<A>,
                                lanes_in<B>>::type;

template <class M, class T, int W>
RETROGRAD_LANES_INLINE lanes<T, W> blend(lane_mask<M, W> m, lanes<T, W> a,
                                         lanes<T, W> b) {
  return lanes<T, W>(lane_mask<T, W>(m).bits ? a.values : b.values);
}
template <class M, class T, int W>
RETROGRAD_LANES_INLINE lane_mask<T, W>
blend(lane_mask<M, W> m, lane_mask<T, W> a, lane_mask<T, W> b) {
  const auto bits = lane_mask<T, W>(m).bits;
  return lane_mask<T, W>((bits & a.bits) | (~bits & b.bits));
}
template <class V> RETROGRAD_LANES_INLINE V blend(all_lanes, V a, V) {
  return a;
}

} // namespace detail

/// a in the lanes of the mask, b in the others. One of the two may be a scalar.
template <class Mask, class A, class B>
RETROGRAD_LANES_INLINE auto select(Mask mask, A a, B b) {
  using result = detail::either_lanes<A, B>;
  return detail::blend(mask, result(a), result(b));
}

//===----------------------------------------------------------------------===//
// All lanes together
//===----------------------------------------------------------------------===//

namespace detail {

/// The lower and the upper half of a vector, as two of half the width.
template <class T, int W> struct halves {
  vector_of<T, W / 2> low, high;
};
template <class T, int W>
RETROGRAD_LANES_INLINE halves<T, W> split(vector_of<T, W> v) {
  halves<T, W> h;
  static_assert(sizeof(h) == sizeof(v));
  __builtin_memcpy(&h, &v, sizeof(v));
  return h;
}

} // namespace detail

/// The sum, always in the same order: the upper half of the lanes is added to
/// the lower half until one lane is left.
template <class T, int W> RETROGRAD_LANES_INLINE T sum(lanes<T, W> v) {
  if constexpr (W == 1) {
    return v[0];
  } else {
    const auto h = detail::split<T, W>(v.values);
    return sum(lanes<T, W / 2>(h.low + h.high));
  }
}

/// Some lane is in the mask.
template <class T, int W> RETROGRAD_LANES_INLINE bool any(lane_mask<T, W> m) {
#ifdef __clang__
  return __builtin_reduce_or(m.bits) != 0;
#else
  if constexpr (W == 1) {
    return m[0];
  } else {
    const auto h = detail::split<detail::bits_of<T>, W>(m.bits);
    return any(lane_mask<T, W / 2>(h.low | h.high));
  }
#endif
}
/// No lane is in the mask.
template <class T, int W> RETROGRAD_LANES_INLINE bool none(lane_mask<T, W> m) {
  return !any(m);
}
/// Every lane is in the mask.
template <class T, int W> RETROGRAD_LANES_INLINE bool all(lane_mask<T, W> m) {
  return !any(!m);
}
RETROGRAD_LANES_INLINE constexpr bool any(all_lanes) { return true; }
RETROGRAD_LANES_INLINE constexpr bool none(all_lanes) { return false; }
RETROGRAD_LANES_INLINE constexpr bool all(all_lanes) { return true; }

/// The first lane in the mask, which has one.
template <class Mask> RETROGRAD_LANES_INLINE int first_lane(Mask mask) {
  int lane = 0;
  while (!mask[lane])
    ++lane;
  return lane;
}

/// The greatest, the least value in the lanes of the mask, which has one.
template <class Mask, class T, int W>
RETROGRAD_LANES_INLINE T greatest(Mask mask, lanes<T, W> v) {
  T most = v[first_lane(mask)];
  for (int lane = 0; lane < W; ++lane)
    most = mask[lane] && v[lane] > most ? v[lane] : most;
  return most;
}
template <class Mask, class T, int W>
RETROGRAD_LANES_INLINE T least(Mask mask, lanes<T, W> v) {
  T least = v[first_lane(mask)];
  for (int lane = 0; lane < W; ++lane)
    least = mask[lane] && v[lane] < least ? v[lane] : least;
  return least;
}

} // namespace retrograd

#endif // RETROGRAD_LANES_TYPES_H
