//===- IR.h - The structured intermediate representation ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The language in which functions are analysed and differentiated: structured
// C++ without side effects inside expressions. It knows nothing of Clang; the
// front end lowers a body into it once, and every derivative is again a
// function of this language, so a derivative can be differentiated in turn.
//
// Invariants:
//   * Expressions are pure. Each statement writes at most one location; a call
//     of a user function stands alone and writes its result to a fresh local.
//   * Records are copied field by field. As a whole, a record is only declared,
//     passed to a function (by value too, then the argument is an lvalue),
//     returned, and kept on the tape.
//   * Expressions and types are immutable and may be shared. Statements are
//     owned by exactly one block.
//   * Parameters passed by value are never written: the front end copies a
//     parameter that the body modifies into a local first.
//   * Return, Break and Continue exist only between lowering and the
//     StructureExits pass; no analysis or transform sees them.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_IR_IR_H
#define RETROGRAD_IR_IR_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace retrograd {
struct Rule;
}

namespace retrograd::ir {

/// The raw encoding of a source location; 0 for generated code.
using Location = unsigned;

struct Expr;
struct Stmt;
struct Function;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

enum class TypeKind {
  Void,
  Bool,
  Integer,
  Real,
  Pointer,
  Array,
  Record, // an object whose fields are memory of their own
  Opaque,
};

struct Type;

/// A field of a record. No two places of a program share a field of a record
/// unless they are the same field of the same object.
struct RecordField {
  /// Of a base class: its name and "::".
  std::string Name;
  const Type *Ty;
  /// A base class some of whose names mean something else in the record.
  bool Hidden = false;
};

/// A type; interned by Context, so equal types have equal addresses.
struct Type {
  TypeKind Kind;
  /// Void, Bool, Integer (enumerations too), Real, Record and Opaque: how the
  /// type is written at namespace scope, without qualifiers.
  std::string Spelling;
  /// Real: the precision, ordered: 0 _Float16, 1 float, 2 double,
  /// 3 long double.
  int Precision = 0;
  /// Integer: whether arithmetic wraps (unsigned).
  bool Unsigned = false;
  /// Pointer and Array: what it points to or consists of.
  const Type *Element = nullptr;
  /// Pointer: the pointee is const.
  bool ConstElement = false;
  /// Array: number of elements; an integer literal, or for a variable-length
  /// array an expression over variables that are never written again.
  const Expr *Extent = nullptr;
  /// Record: in the order of their declaration. Some of them leads to a real.
  std::vector<RecordField> Fields = {};
  /// Record: `T{}` has initialisers of its own, so its reals are not zero.
  bool Initialises = false;

  bool isReal() const { return Kind == TypeKind::Real; }
  bool isInteger() const { return Kind == TypeKind::Integer; }
  bool isBool() const { return Kind == TypeKind::Bool; }
  bool isVoid() const { return Kind == TypeKind::Void; }
  bool isPointer() const { return Kind == TypeKind::Pointer; }
  bool isArray() const { return Kind == TypeKind::Array; }
  bool isRecord() const { return Kind == TypeKind::Record; }
  bool isArithmetic() const { return isReal() || isInteger() || isBool(); }
  /// The innermost element of arrays and pointers; a scalar is its own.
  const Type *scalar() const;
  /// An array one of whose extents is no literal.
  bool hasVariableExtent() const;
  /// A derivative can flow through values of this type or memory it reaches.
  bool carriesReal() const {
    return scalar()->isReal() || scalar()->isRecord();
  }
  /// An array or a record: its value is never an operand. What is copied as a
  /// whole in the source is copied scalar by scalar here.
  bool isAggregate() const { return isArray() || isRecord(); }
  /// A record, or an array of them.
  bool holdsRecord() const;
  /// Some part of the memory itself is a pointer.
  bool holdsPointer() const;
  /// Some part of the memory itself is a real.
  bool holdsReal() const;
};

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

enum class VariableKind { Parameter, Local, Global };

struct Variable {
  std::string Name;
  const Type *Ty;
  VariableKind Kind;
  /// Dense within its function; the order of creation. Globals have ids too.
  unsigned Id;
  Location Loc = 0;
  /// A parameter passed by (lvalue or rvalue) reference: Ty is the referred
  /// type, and the variable names memory of the caller.
  bool Reference = false;
  /// An rvalue reference: the same but for how it is written.
  bool RValue = false;
  /// A pointer declared __restrict, or a reference declared so.
  bool Restrict = false;
  /// Reference to const, or a variable declared const.
  bool Const = false;
  /// `&v` occurs, or v is passed by reference: pointers may reach it.
  bool AddressTaken = false;
  /// Declared inactive by the user: no derivative flows through it.
  bool Inactive = false;
  /// Holds, or leads to, derivatives rather than values of the primal.
  bool Shadow = false;
  /// Parameter of a derivative: a pointer that is written `__restrict`. Unlike
  /// Restrict this says nothing about how the caller chose the argument.
  bool Unaliased = false;
  /// Pointers with the same number, other than 0, never point to the same
  /// object where they are used. So do their shadows.
  unsigned Apart = 0;
  /// Made by the compiler (a temporary): the printer may rename it freely.
  bool Generated = false;

  bool isLocal() const { return Kind == VariableKind::Local; }
  bool isParameter() const { return Kind == VariableKind::Parameter; }
  bool isGlobal() const { return Kind == VariableKind::Global; }
};

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

enum class ExprKind {
  Literal,     // Text
  Var,         // Variable
  Index,       // Operands[0] [ Operands[1] ]; base is an array lvalue or a
               // pointer value
  Deref,       // * Operands[0]
  AddressOf,   // & Operands[0]; the operand is an lvalue
  Field,       // Operands[0] . Text; arrow: Field of Deref. Of a real only in a
               // record
  Unary,       // Text Operands[0]; Text is one of - ! ~ (unary + is dropped)
  Binary,      // Operands[0] Text Operands[1]; C++'s arithmetic, comparison,
               // bitwise, logical operators and pointer +/-; never = or ,
  Conditional, // Operands[0] ? Operands[1] : Operands[2]; only the chosen side
               // is evaluated
  Cast,        // conversion of Operands[0] to Ty
  Call,        // Text ( Operands... ): a pure function. With a Rule it is
               // differentiable; without one no derivative flows through it
  Opaque,      // Pieces[0] Operands[0] Pieces[1] ... Pieces[n]: text that no
               // derivative flows through; operands are printed as atoms
};

/// A pure expression. An expression of array type stands for its address
/// wherever a pointer is expected.
struct Expr {
  ExprKind Kind;
  const Type *Ty;
  Location Loc = 0;
  std::string Text = {};
  Variable *Var = nullptr;
  std::vector<const Expr *> Operands = {};
  std::vector<std::string> Pieces = {};
  const retrograd::Rule *Rule = nullptr;
  /// Cast: C++ performs it without being told.
  bool Implicit = false;

  const Expr *op(unsigned I) const { return Operands[I]; }
  bool is(ExprKind K) const { return Kind == K; }
  /// Var, Index, Deref or Field: denotes a location.
  bool isLValue() const;
  /// An lvalue that must not be written: a const variable, or what is reached
  /// through a pointer to const.
  bool isConstLValue() const;
  /// A literal with this value ("0", "0.0", "1.f", ...).
  bool isLiteral(double Value) const;
};

/// The position of a field of a record in it.
unsigned fieldNumber(const Expr &Field);

/// The elements of a container of the library are a field of it.
inline bool isData(const Expr &E) {
  return E.Kind == ExprKind::Field && E.Text == "data()";
}

/// What the fields of a base class are part of is a field, too.
inline bool isBase(const Expr &E) {
  return E.Kind == ExprKind::Field && llvm::StringRef(E.Text).ends_with("::");
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

using Block = std::vector<Stmt *>;

enum class StmtKind {
  Declare,  // Var [= Value]; arrays take no Value; ZeroInit writes `= {}`
  Assign,   // Target Op Value
  Call,     // [Var =] Callee(Args); Var is a local declared here, or null for
            // void
  If,       // if (Value) Body else Else
  For,      // for (Var = Lower; Var < Upper; Var += Step) Body. Var is declared
            // here and, like what the bounds mention, not written in Body
  While,    // while (Value) Body, or do Body while (Value) with TestAtEnd
  Once,     // Body, which Break leaves (a switch); before StructureExits only
  Allocate, // declares pointer Var = new Element[Count], new Element, or malloc
  Free,     // delete / delete[] / free of Value
  Opaque,   // Value, evaluated for a side effect that no derivative flows
            // through (printf)
  Return,   // return Value (or null); before StructureExits only
  Break,    // before StructureExits only
  Continue, // before StructureExits only
  Checkpoint, // the next loop or call of the block is run again in the reverse
              // sweep: `#pragma retrograd checkpoint`. Value: snapshots, Count:
              // bytes, Lower: directory, each null where not given; Args:
              // pointers, each with its number of elements. Adjoint and
              // Tangent take it out

  // Statements of derivatives only: records on the tape.
  Push,      // tape.push(Value)
  Pop,       // declares Var = tape.pop<type>()
  Rewind,    // tape.rewind(Target, Value): an assignment to memory of the
             // caller, which remembers what it overwrites, so that the
             // primal's outputs can be put back
  PushArray, // tape.push_array(Value, Count): saves a whole local array
  PopArray,  // tape.pop_array(Target, Count)
  Reserve,   // declares pointer Var = tape.reserve<Element>(Count): an array
             // sized by a trip count or a zeroed shadow of an allocation
  Release,   // tape.release<Element>(Count), the last one reserved
};

enum class AssignOp { Set, Add, Sub };

/// How an Allocate was written, and so how it must be freed.
enum class AllocationKind { NewArray, NewScalar, Malloc, Calloc };

/// A primal has a forward sweep only. Both: each iteration is followed by its
/// reverse.
enum class Sweep { Forward, Reverse, Both };

struct Stmt {
  StmtKind Kind;
  Location Loc = 0;
  Variable *Var = nullptr;
  const Expr *Target = nullptr;
  const Expr *Value = nullptr;
  AssignOp Op = AssignOp::Set;
  /// Assign: one of a loop's terms, which may be added in any order.
  bool AnyOrder = false;
  bool ZeroInit = false;
  bool TestAtEnd = false;
  /// For: bounds; Upper is exclusive. Descending: for (Var = Upper; Var-- >
  /// Lower;), only with Step 1. Step is a positive literal otherwise, unless
  /// Negative: for (Var = Lower; Var > Upper; Var -= Step).
  const Expr *Lower = nullptr;
  const Expr *Upper = nullptr;
  const Expr *Step = nullptr;
  bool Inclusive = false; // <= (or >=) instead of < (or >)
  bool Negative = false;
  bool Descending = false;
  /// For, While: which sweep of the loop at Loc this is.
  Sweep In = Sweep::Forward;
  /// For: made by a reverse sweep from a loop that counts up.
  bool Backwards = false;
  /// PushArray, PopArray, Reserve, Release: number of elements.
  const Expr *Count = nullptr;
  AllocationKind Allocation = AllocationKind::NewArray;
  /// Free: the tape does it at the end, since a reverse sweep may still read
  /// the memory.
  bool Deferred = false;
  Function *Callee = nullptr;
  std::vector<const Expr *> Args = {};
  Block Body = {};
  Block Else = {};
  std::string Text = {};
};

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// How many elements there are behind a pointer that nothing moves.
struct MemoryExtent {
  Variable *Pointer = nullptr;
  const Expr *Count = nullptr;
};

/// A loop, or a call, that was taken out of a function to be reversed from
/// stored states; see Transform/Checkpoints.h. The expressions are over the
/// parameters of the function that it is the body of.
struct CheckpointRegion {
  /// Memory that a step changes and that outlives it.
  struct Saved {
    Variable *Parameter = nullptr;
    /// A scalar or pointer, or the address of the first of Count elements.
    const Expr *Place = nullptr;
    const Expr *Count = nullptr;
    /// A step may read what an earlier one has left there, so that a step is
    /// run again from it. The rest is only put back in the end.
    bool Live = false;
  };
  /// One iteration, or all there is.
  Function *Step = nullptr;
  std::vector<Saved> State;
  /// As the pragma gives them; null where it does not.
  const Expr *Snapshots = nullptr, *Bytes = nullptr, *Directory = nullptr;
};

/// What a function is to the pipeline.
enum class FunctionKind {
  Primal,     // lowered from the user's source
  Derivative, // made by a transform
  External,   // no visible body: a user's rule or an inactive function
};

struct Function {
  std::string Name;
  /// As it must be called from anywhere: `ns::f`.
  std::string QualifiedName;
  /// A primal: what begins the qualified names of its namespace, `ns::` or
  /// nothing, whatever class it is in.
  std::string Scope;
  /// A primal: what the names of functions that are made for it begin with.
  std::string Stem;
  /// A member function, which is called for its first argument: `x.f(y)`.
  bool Method = false;
  /// Enclosing namespaces from the outside in; "" for an anonymous one.
  std::vector<std::string> Namespaces;
  /// Specifiers a derivative inherits, in order and followed by a space each:
  /// "static ", "inline ", "__host__ __device__ ".
  std::string Specifiers;
  FunctionKind Kind = FunctionKind::Primal;
  const Type *ReturnType = nullptr;
  std::vector<Variable *> Params;
  /// After StructureExits: the local that holds the value to return, declared
  /// by the body's first statement, or null for void. The function returns it
  /// at the end of Body.
  Variable *Result = nullptr;
  /// A tangent with `value` returns {Result, ResultTangent}.
  Variable *ResultTangent = nullptr;
  Block Body;
  std::deque<Variable> Variables;
  /// Marked `#pragma retrograd inactive`.
  bool Inactive = false;
  /// User-written derivatives (`#pragma retrograd rule(g)`), or null.
  Function *Pullback = nullptr;
  Function *Pushforward = nullptr;
  /// For each parameter: how many elements of its memory the pullback finds as
  /// they were before the call; null where it finds what the call left.
  std::vector<const Expr *> Restored;
  /// Is such a derivative itself; its body is taken as it is.
  bool IsRule = false;
  /// Derivative: takes the tape as its first parameter, `retrograd::tape
  /// &tape` (a half of a split adjoint), or opens the thread's tape itself.
  bool TakesTape = false;
  bool OpensTape = false;
  /// The derivative of a called function in several directions: how many.
  unsigned Directions = 0;
  /// What is known of the memory behind parameters and locals.
  std::vector<MemoryExtent> Extents;
  /// The function is such a region.
  std::shared_ptr<const CheckpointRegion> Checkpoint;
  /// A function in lanes: "template <int W, class Mask>".
  std::string TemplateHead;
  Location Loc = 0;

  Variable *addVariable(llvm::StringRef Name, const Type *Ty, VariableKind Kind,
                        Location Loc = 0);
};

//===----------------------------------------------------------------------===//
// Context: owner and factory of everything
//===----------------------------------------------------------------------===//

/// Owns types, expressions, statements and functions of one translation unit.
class Context {
public:
  Context();

  // Types.
  const Type *voidType() const { return Void; }
  const Type *boolType() const { return Bool; }
  const Type *intType() const { return Int; }
  /// Precision as in Type::Precision.
  const Type *realType(int Precision);
  const Type *integerType(llvm::StringRef Spelling, bool Unsigned);
  const Type *opaqueType(llvm::StringRef Spelling);
  /// Its fields are filled in by whoever asks for it first: a record may hold
  /// pointers to its own type.
  Type *recordType(llvm::StringRef Spelling);
  const Type *pointerTo(const Type *Element, bool ConstElement = false);
  const Type *arrayOf(const Type *Element, const Expr *Extent);
  /// The type of the expression's value: an array stands for its address.
  const Type *decayed(const Expr *E);

  // Expressions.
  const Expr *literal(const Type *Ty, llvm::StringRef Text, Location Loc = 0);
  const Expr *intLiteral(long Value);
  /// 1.0f, 1.0, 1.0L. C++20 has no literals of _Float16: a cast there.
  const Expr *realLiteral(const Type *Ty, int Value, Location Loc = 0);
  const Expr *var(Variable *V, Location Loc = 0);
  const Expr *index(const Expr *Base, const Expr *I, Location Loc = 0);
  const Expr *deref(const Expr *Pointer, Location Loc = 0);
  const Expr *addressOf(const Expr *LValue, Location Loc = 0);
  const Expr *field(const Expr *Base, llvm::StringRef Name, const Type *Ty,
                    Location Loc = 0);
  const Expr *unary(llvm::StringRef Op, const Expr *E, Location Loc = 0);
  const Expr *binary(llvm::StringRef Op, const Expr *L, const Expr *R,
                     const Type *Ty, Location Loc = 0);
  const Expr *conditional(const Expr *C, const Expr *T, const Expr *F,
                          Location Loc = 0);
  const Expr *cast(const Expr *E, const Type *Ty, bool Implicit,
                   Location Loc = 0);
  const Expr *call(llvm::StringRef Callee, std::vector<const Expr *> Args,
                   const Type *Ty, const retrograd::Rule *Rule,
                   Location Loc = 0);
  const Expr *opaque(std::vector<std::string> Pieces,
                     std::vector<const Expr *> Operands, const Type *Ty,
                     Location Loc = 0);
  /// The same expression over other operands.
  const Expr *withOperands(const Expr *E, std::vector<const Expr *> Operands);

  // Statements.
  Stmt *stmt(StmtKind Kind, Location Loc = 0);
  Stmt *declare(Variable *V, const Expr *Init = nullptr, Location Loc = 0);
  Stmt *assign(const Expr *Target, const Expr *Value,
               AssignOp Op = AssignOp::Set, Location Loc = 0);

  Function *addFunction(llvm::StringRef Name);
  /// Globals are shared by all functions.
  Variable *addGlobal(llvm::StringRef QualifiedName, const Type *Ty,
                      Location Loc);

private:
  const Type *intern(Type T);
  const Type *commonPointer(const Type *T, const Type *F);
  Expr *make(ExprKind Kind, const Type *Ty, Location Loc);

  std::deque<Type> Types;
  std::deque<Expr> Exprs;
  std::deque<Stmt> Stmts;
  std::deque<Function> Functions;
  std::deque<Variable> Globals;
  std::map<long, const Expr *> IntLiterals;
  const Type *Void, *Bool, *Int;
};

/// How an extent is written; a printer passes its own to rename variables.
using ExtentPrinter = llvm::function_ref<std::string(const Expr *)>;
/// A declarator of that type: "double a[3]", "const double *p". Without an
/// ExtentPrinter, extents must be literals.
std::string printDeclarator(const Type *Ty, llvm::StringRef Name,
                            bool Reference = false, bool Const = false,
                            ExtentPrinter Extent = nullptr);
/// The type as C++ writes it: "const double *", "double (*)[3]".
std::string printType(const Type *Ty);

} // namespace retrograd::ir

#endif // RETROGRAD_IR_IR_H
