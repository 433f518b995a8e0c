/**
 * The life of a token: fetched once, renewed ahead, dropped when rejected.
 */
@NullMarked
package io.flyteconnect.internal.token;

import org.jspecify.annotations.NullMarked;
