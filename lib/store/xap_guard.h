/* xap_guard: the one place where exceptions become errors (C++, for xap*.cc).
 *
 * Nothing may allocate from an arena inside a guard: an arena out of memory
 * leaves by longjmp, which would skip the destructors of the frames between.
 * Results wait in the handle's own strings and vectors and are copied after. */
#ifndef STORE_XAP_GUARD_H
#define STORE_XAP_GUARD_H

#include <cxxabi.h>

extern "C" {
#include "base/err.h"
}

/* Turns the exception in flight into err. Call it inside a catch only. */
void xap_caught(struct err *err) noexcept;

/* Runs f: true, or false with err filled when anything was thrown. Only the
 * cancelling of a thread passes (abi::__forced_unwind): swallowing it aborts. */
template <typename F> bool guard(struct err *err, F &&f)
{
	try {
		f();
		return true;
	} catch (abi::__forced_unwind &) {
		throw;
	} catch (...) {
		xap_caught(err);
		return false;
	}
}

#endif
